// A foreign service that publishes one command and waits for its result, written after docs/asyncapi.yaml alone.
//   node kafka.mjs REQUEST_AS_JSON
// with: broker, key_file (PEM), key_id, trust (trust.yaml), domain, command (see docs/schemas/command.json), traceparent?
// Prints {"result": …, "signed_by": …} as JSON.
import { createPrivateKey, createPublicKey, sign, verify } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { Kafka, logLevel } from 'kafkajs';
import YAML from 'yaml';

const RESULTS = 'infra.results';
const request = JSON.parse(process.argv[2]);
const { command, domain } = request;
const topic = `infra.commands.${domain}`;
const kafka = new Kafka({ clientId: command.issuer, brokers: [request.broker], logLevel: logLevel.ERROR });

function signedBytes(topicName, value) {
  return Buffer.concat([Buffer.from(`infra-command-v1\0${topicName}\0`, 'utf8'), value]);
}

/** The key of trust.yaml that signed this result, if it is one of the domain's workers. */
function signerOf(message) {
  const key = YAML.parse(readFileSync(request.trust, 'utf8')).keys.find((k) => k.id === String(message.headers.keyid));
  if (!key || key.kind !== 'worker' || key.domain !== domain) {
    return undefined;
  }
  const publicKey = createPublicKey({ key: Buffer.from(key.public_key, 'base64'), format: 'der', type: 'spki' });
  const signature = Buffer.from(String(message.headers.signature), 'base64');
  return verify(null, signedBytes(RESULTS, message.value), publicKey, signature) ? key.id : undefined;
}

async function publish() {
  const value = Buffer.from(JSON.stringify(command), 'utf8');
  const privateKey = createPrivateKey(readFileSync(request.key_file));
  const headers = {
    ce_specversion: '1.0',
    ce_id: command.id,
    ce_source: `/${command.issuer}`,
    ce_type: 'io.infrabridge.command.v1',
    ce_time: new Date().toISOString(),
    'content-type': 'application/json',
    keyid: request.key_id,
    signature: sign(null, signedBytes(topic, value), privateKey).toString('base64'),
  };
  if (request.traceparent) {
    headers.traceparent = request.traceparent;
  }
  const producer = kafka.producer();
  await producer.connect();
  await producer.send({ topic, acks: -1, messages: [{ key: command.target, value, headers }] });
  await producer.disconnect();
}

/** Reads results from where they stood before the command was published. */
async function resultAfter(offsets, published) {
  const consumer = kafka.consumer({ groupId: `${command.issuer}-${command.id}`, maxWaitTimeInMs: 100 });
  await consumer.connect();
  await consumer.subscribe({ topic: RESULTS });
  const found = new Promise((resolve, reject) => {
    const patience = Date.parse(command.deadline) - Date.now() + 10_000;
    setTimeout(() => reject(new Error(`no result of ${command.id} before its deadline`)), patience);
    consumer.run({
      eachMessage: async ({ message }) => {
        if (String(message.key) !== command.id) {
          return;
        }
        const result = JSON.parse(message.value.toString('utf8'));
        const signedBy = signerOf(message);
        if (result.issuer === command.issuer && signedBy) {
          resolve({ result, signed_by: signedBy });
        }
      },
    });
    offsets.forEach(({ partition, offset }) => consumer.seek({ topic: RESULTS, partition, offset }));
    published().catch(reject);
  });
  try {
    return await found;
  } finally {
    await consumer.disconnect();
  }
}

try {
  const admin = kafka.admin();
  await admin.connect();
  const offsets = await admin.fetchTopicOffsets(RESULTS);
  await admin.disconnect();
  const answer = await resultAfter(offsets, publish);
  process.stdout.write(`${JSON.stringify(answer)}\n`);
  process.exit(0);
} catch (error) {
  process.stderr.write(`${error.name}: ${error.message}\n`);
  process.exit(1);
}
