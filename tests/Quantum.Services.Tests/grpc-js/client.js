'use strict';
// A gRPC client that is not ours: node client.js <proto file> <host:port>.
// In:  {"id", "request", "metadata", "deadlineMs"} calls, {"cancel": id} cancels.
// Out: {"id", "code", "details", "reply"} when a call is over.
const { grpc, listen, Sizing, tell } = require('./lines');

const [proto, address] = process.argv.slice(2);
const client = new (Sizing(proto))(address, grpc.credentials.createInsecure());
const calls = new Map();

function call({ id, request, metadata = {}, deadlineMs }) {
  const headers = new grpc.Metadata();
  for (const [name, value] of Object.entries(metadata)) headers.set(name, value);
  const options = deadlineMs === undefined ? {} : { deadline: Date.now() + deadlineMs };
  calls.set(id, client.Decide(request, headers, options, (error, reply) => tell(
    error ? { id, code: error.code, details: error.details } : { id, code: grpc.status.OK, details: '', reply })));
}

listen((line) => ('cancel' in line ? calls.get(line.cancel).cancel() : call(line)));
