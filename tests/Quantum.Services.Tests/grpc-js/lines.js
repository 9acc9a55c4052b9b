'use strict';
// What client and server share: the service out of the proto file, and one JSON value a line on both standard streams.
const readline = require('node:readline');
const grpc = require('@grpc/grpc-js');
const loader = require('@grpc/proto-loader');

// keepCase: the names of the proto file, which the tests compare.
const load = (proto) => grpc.loadPackageDefinition(
  loader.loadSync(proto, { keepCase: true, enums: String, longs: String, defaults: true }));

const tell = (value) => process.stdout.write(JSON.stringify(value) + '\n');

const listen = (hear) => readline.createInterface({ input: process.stdin })
  .on('line', (line) => hear(JSON.parse(line)))
  .on('close', () => process.exit(0)); // The test is over, or its process died.

module.exports = { grpc, listen, Sizing: (proto) => load(proto).quantum.sizing.v1.Sizing, tell };
