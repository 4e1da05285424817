// The client core as a WebAssembly module, over a socket that this script plays: sign in, add a friend, write, read, lose the
// connection, come back. Run: node client_wasm_test.mjs <kumquat_client_wasm.js>
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { resolve } from 'node:path';

const script = resolve(process.argv[2]);
const sockets = [];

// What Emscripten's socket library needs of a browser's WebSocket.
class ScriptedSocket {
  constructor(url) {
    this.url = url;
    this.readyState = 0;
    this.bufferedAmount = 0;
    this.frames = [];
    sockets.push(this);
  }
  send(text) { this.frames.push(JSON.parse(text)); }
  close(code) { this.closedBy = code; this.readyState = 3; }

  open() { this.readyState = 1; this.onopen?.({}); }
  cut(code) { this.readyState = 3; this.onclose?.({ wasClean: false, code, reason: '' }); }
  tell(frame) { this.onmessage?.({ data: JSON.stringify(frame) }); }
  take(name) {
    const at = this.frames.findIndex((frame) => frame.name === name);
    assert.notEqual(at, -1, `the client did not ask for ${name}: ${JSON.stringify(this.frames)}`);
    return this.frames.splice(at, 1)[0];
  }
  reply(name, body) {
    const request = this.take(name);
    this.tell({ kind: 'reply', id: request.id, name, body });
    return request;
  }
  greet() {
    this.open();
    return this.reply('hello', {
      version: 1, server: 'script', epoch: 'e', time_ms: Date.now(), sign_in: ['name'],
      limits: { frame_bytes: 131072, requests_in_flight: 64, page_bytes: 65536, page_entries: 200, message_bytes: 12288,
        user_id_bytes: 32, nick_bytes: 500, wording_bytes: 256, remark_bytes: 96, group_bytes: 30, friends: 3000, friend_groups: 32,
        friend_requests: 100, blocked: 1000, picture_bytes: 20971519, picture_pixels: 40000000 },
    });
  }
}
globalThis.WebSocket = ScriptedSocket;

const told = { changes: 0, session: null, messages: [], notices: [] };
const KumquatClient = createRequire(import.meta.url)(script);
const module = await KumquatClient({
  wasmBinary: readFileSync(script.replace(/\.js$/, '.wasm')),
  onChanged: () => { told.changes += 1; },
  onSession: (token, userID, nick) => { told.session = { token, userID, nick }; },
  onMessage: (conversationID, seq, open) => told.messages.push({ conversationID, seq, open }),
  onNotice: (kind, code, conversationID) => told.notices.push({ kind, code, conversationID }),
});
const call = (name, result, ...args) =>
  module.ccall(name, result, args.map((arg) => (typeof arg === 'number' ? 'number' : 'string')), args);
const state = () => JSON.parse(call('kqc_state', 'string'));
const timeline = (id) => JSON.parse(call('kqc_timeline', 'string', id));
const until = async (what, condition) => {
  const end = Date.now() + 30000;
  while (!condition()) {
    assert.ok(Date.now() < end, `never: ${what}`);
    await new Promise((resolve) => setTimeout(resolve, 5));
  }
};

// Signed out: connected, so that the login pane knows how one signs in.
call('kqc_start', null, 'ws://scripted/socket', 4242, 7, '', '', '');
await until('a connection', () => sockets.length === 1);
let socket = sockets[0];
assert.equal(socket.url, 'ws://scripted/socket');
assert.equal(socket.greet().body.client, 'kumquat-wasm');
assert.equal(state().connection, 'live');
assert.equal(state().signIn.phase, 'signedOut');

const alice = { profile: { user_id: 'alice', nick: '爱丽丝' }, allow: 'AllowType_Type_NeedConfirm' };

// A bad ID does not reach the service.
call('kqc_sign_in', null, '小橙子', '', '');
assert.equal(state().signIn.code, 7003);
assert.equal(socket.frames.length, 0);

call('kqc_sign_in', null, 'alice', '爱丽丝', '');
const signIn = socket.reply('sign_in', {
  session: 'secret', expires_ms: 0, me: alice, created: true });
assert.deepEqual([signIn.body.user_id, signIn.body.nick, signIn.body.device], ['alice', '爱丽丝', 4242]);
assert.deepEqual(told.session, { token: 'secret', userID: 'alice', nick: '爱丽丝' });
const snapshot = { reset: true, number: 0, more: false, cursor: '', friends: [], conversations: [] };
socket.reply('sync', snapshot);
socket.reply('sync', { reset: false, number: 0, more: false, events: [] });
assert.equal(state().connection, 'live');
assert.equal(state().loaded, true);

// A friend.
call('kqc_add_friend', null, 'bob', '小橙子', '好友', '我是爱丽丝', 0);
assert.equal(socket.take('add_friend').body.remark, '小橙子');
assert.equal(state().addFriend.phase, 'adding');
const friend = { profile: { user_id: 'bob', nick: 'Bob' }, remark: '小橙子', group: '好友', source: '', added_ms: 1 };
socket.tell({ kind: 'event', number: 1, name: 'friend', body: { changed: friend } });
assert.equal(state().friends[0].remark, '小橙子');
assert.equal(state().me.allowType, 'AllowType_Type_NeedConfirm');

// Somebody who asks to be one, and somebody who had better not.
const carol = { user_id: 'carol', nick: 'Carol' };
socket.tell({ kind: 'event', number: 2, name: 'friend_request', body: {
  changed: { peer: carol, incoming: true, wording: 'hello', time_ms: 1 } } });
assert.deepEqual(state().requests.map((one) => [one.userID, one.incoming, one.read]), [['carol', true, false]]);
assert.equal(call('kqc_accept_friend', 'number', '', '', ''), 2002);
assert.equal(call('kqc_accept_friend', 'number', 'carol', '', ''), 0);
assert.deepEqual(state().tasks, [{ task: 'acceptFriend', about: 'carol', code: 0 }]);
socket.reply('accept_friend', { added: { profile: carol, added_ms: 1 } });
assert.deepEqual([state().requests, state().tasks, state().friends.length], [[], [], 2]);
call('kqc_block', 'number', 'dave', 1);
socket.reply('block_user', {});
assert.equal(state().blocked[0].userID, 'dave');

// A text: shown at once, settled by the reply and the feed, in any script.
assert.equal(call('kqc_open', 'number', 'bob'), 2503);
assert.equal(call('kqc_open', 'number', 'C2Cbob'), 0);
const text = '你好 "Bob" 🍊\n\\';
call('kqc_send_text', 'number', 'C2Cbob', text, '{"k":1}');
assert.equal(timeline('C2Cbob').messages[0].state, 'sending');
const sent = socket.reply('send_message', { seq: 1, time_ms: 1700000000000 });
assert.deepEqual(sent.body.body, { type: 'TIMTextElem', payload: { text }, custom: '{"k":1}' });
assert.deepEqual(sent.body.client_id, { device: 4242, counter: 1 });
assert.equal(timeline('C2Cbob').messages[0].state, 'sent');
const event = (number, seq, from, content, clientId) => ({
  kind: 'event', number, name: 'message', body: { conversation: 'C2Cbob', peer: { user_id: 'bob', nick: 'Bob' },
    message: { seq, from, time_ms: 1700000000000 + seq, ...(clientId ? { client_id: clientId } : {}),
      body: { type: 'TIMTextElem', payload: { text: content } } } } });
socket.tell(event(3, 1, 'alice', text, sent.body.client_id));
assert.equal(timeline('C2Cbob').messages.length, 1);
assert.equal(timeline('C2Cbob').messages[0].content, text);

// One comes back.
socket.tell(event(4, 2, 'bob', '😍'));
assert.deepEqual(told.messages, [{ conversationID: 'C2Cbob', seq: 2, open: true }]);
assert.equal(state().conversations[0].unread, 1);
call('kqc_mark_visible', 'number', 'C2Cbob', 2);
assert.equal(socket.take('mark_read').body.seq, 2);

// What cannot be read is no reason to fall over.
socket.onmessage({ data: '{"kind":' });
socket.tell({ kind: 'event', number: 5, name: 'from_the_future', body: {} });
socket.tell(event(6, 3, 'bob', 'still here'));
assert.equal(timeline('C2Cbob').messages.length, 3);

// A text written while the connection is gone goes out over the next one, under the id that it was given.
socket.cut(1006);
call('kqc_send_text', 'number', 'C2Cbob', 'offline', '');
assert.equal(timeline('C2Cbob').messages[3].state, 'queued');
await until('another connection', () => sockets.length === 2);
socket = sockets[1];
socket.greet();
assert.equal(socket.reply('resume', { expires_ms: 0, me: alice }).body.session, 'secret');
assert.equal(socket.take('sync').body.since, 6);
assert.equal(state().connection, 'connecting');
assert.ok(told.changes > 10);
assert.deepEqual(told.notices, []);

call('kqc_sign_out', null);
assert.equal(state().signIn.phase, 'signedOut');
assert.deepEqual(told.session, { token: '', userID: '', nick: '' });
socket.take('sign_out');
console.log('1 passed, 0 failed');
process.exit(0);
