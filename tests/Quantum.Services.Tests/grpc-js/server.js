'use strict';
// A sizing agent that is not ours: node server.js <proto file>.
// In:  the answers to the next calls, in order: {"reply"}, {"code", "details"} or {"silent": true}.
// Out: {"port"} first, then {"request", "metadata", "remainingMs"} a call, {"cancelled": true} when one is given up.
const { grpc, listen, Sizing, tell } = require('./lines');

const [proto] = process.argv.slice(2);
const answers = [];

function decide(call, done) {
  const deadline = call.getDeadline();
  const remainingMs = Number.isFinite(Number(deadline)) ? Number(deadline) - Date.now() : null;
  call.on('cancelled', () => tell({ cancelled: true }));
  tell({ request: call.request, metadata: call.metadata.getMap(), remainingMs });
  const answer = answers.shift() ?? { code: grpc.status.INTERNAL, details: 'the test laid down no answer' };
  if (answer.silent) return;
  if (answer.reply) done(null, answer.reply);
  else done({ code: answer.code, details: answer.details });
}

const server = new grpc.Server();
server.addService(Sizing(proto).service, { Decide: decide });
server.bindAsync('127.0.0.1:0', grpc.ServerCredentials.createInsecure(), (error, port) => {
  if (error) throw error;
  tell({ port });
});
listen((answer) => answers.push(answer));
