// The chat service in the browser, as the static site's program (kumquat_site) exports it: what
// JavaScript calls (svc_*), and what it must supply (host_*).
//
// A module, a program whose main() is not run, is one service in one host: a SharedWorker, a leader
// tab, a test under node. The host owns the ports to the tabs, the storage (IndexedDB) and the
// clock; the module owns what they mean. Nothing in here waits: every call returns at once, and
// what has to wait for the storage goes on when the host calls back.
//
// In JavaScript: `const service = await KumquatProgram({host, noInitialRun: true})`, then
// service._svc_start() and so on; host is an object with the methods send, close, commit,
// snapshotChunk and so on: the names of the host_* functions below without host_, in camelCase,
// with the same arguments (src/worker/library_service.js). service.HEAPU8 is the memory.
//
// Rules for all of it
// - Text is UTF-8 as (pointer, bytes), without a closing NUL. Bytes that the host hands in lie in
//   the buffer that svc_buffer() gave; bytes that a host_* call hands out are the module's and are
//   gone when the call returns: copy them. Any call may grow the memory: take HEAPU8 anew after
//   each.
// - host_* functions must not call svc_* before they have returned. Post a task instead.
// - Connections, uploads are numbers of the host's choice, 1 to 2^32 - 1, never used again. Journal
//   records and times are doubles that hold integers below 2^53. Times are milliseconds since 1970.
// - A "code" is 0 for success, or a number of base/error_code.h; svc_error_text() then says more,
//   for a log. Codes that the page should have words for are named at each function.
// - After any svc_* call except svc_buffer() and the ones that only tell something,
//   svc_next_tick() may have changed: ask for it and set the timer anew.
//
// A start
//   (the host holds the exclusive Web Lock and has read the snapshot's chunks and the journal)
//   svc_load_chunk() for each chunk of the newest complete snapshot, in order; svc_load_record()
//   for each journal record behind it, in order; svc_start(). A code other than 0 anywhere: throw
//   the module away and tell the person; nothing in the storage has been changed. Then for every
//   picture of the storage that svc_has_picture() does not know: remove its bytes. A crash between
//   host_upload_keep() and the commit behind it leaves such.
//
// The epoch. Every svc_start() draws a new one; hello's reply tells it (PROTOCOL.md). A host adds
// one of its own to its messages on a port beside the frames: to a port's message that bears
// another, of a worker that has been restarted, it answers by telling that the connection is closed
// (no close code), and the client connects, resumes and syncs, as it does after a restart of
// kumquatd.
//
// Only one writer. The host compares its fence in each transaction and, should another have taken
// over, calls svc_committed(record, kDataInUse) and throws the module away.
#pragma once

#include <cstddef>
#include <cstdint>

// NOLINTBEGIN(readability-identifier-naming): names of the module's exports

extern "C" {

// --- What the host calls -------------------------------------------------------------------------

/// Room for `bytes` bytes that the next call takes in. Valid until the next call of svc_buffer();
/// calls do not keep it.
std::uint8_t* svc_buffer(std::size_t bytes);

/// English text about the last code other than 0, for a log; holds no private content. Valid until
/// the next call. svc_error_bytes() is its length.
const char* svc_error_text();
std::size_t svc_error_bytes();

// Loading. Before svc_start(), in this order.

/// One chunk of the snapshot, as host_snapshot_chunk() gave it. Codes: kDataDamaged (199027),
/// kDataNewer (199020; a newer version of the page wrote it: reload this tab).
int svc_load_chunk(const std::uint8_t* bytes, std::size_t size);
/// One journal record, as host_commit() gave it. Those that the snapshot holds already are passed
/// over. Codes as above; a record that does not follow the one before it is kDataDamaged.
int svc_load_record(const std::uint8_t* bytes, std::size_t size);
/// Everything has been loaded: the service begins. An incomplete snapshot is kDataDamaged.
int svc_start();

// Connections. After svc_start().

void svc_connect(std::uint32_t connection);
/// A frame from a client, its JSON text. Bad frames are answered, or end the connection, as in
/// kumquatd.
void svc_receive(std::uint32_t connection, const std::uint8_t* text, std::size_t size);
/// The client is gone (its Web Lock was granted, or it said goodbye). Not needed after
/// host_close().
void svc_disconnect(std::uint32_t connection);

/// When svc_tick() has something to do, in milliseconds since 1970; -1: not before another call.
double svc_next_tick();
/// Early or superfluous calls do no harm.
void svc_tick();

// The journal.

/// Record `record` is durable (code 0; strict durability), or nothing of it is stored: kDiskFull
/// (199022, the quota is used up), kStorageFailed (199012, anything else), kDataInUse (199021, the
/// fence is another's). Never on the stack of host_commit(). One record is under way at a time. A
/// record that failed has changed nothing; the next one has the same number.
void svc_committed(double record, int code);

/// 1 if so much has been journaled since the last snapshot that a new one is worth its while.
int svc_snapshot_due();
/// Begins a snapshot and gives the number of the last record that is surely in it. The service goes
/// on meanwhile. A snapshot that was under way is given up. Requires svc_start(), or
/// svc_import_finish() with code 0.
double svc_snapshot_begin();
/// Calls host_snapshot_chunk() once with the next chunk, at most some 256 KiB. 1: there are more.
/// 0: that was the last one. The host stores chunks beside the old snapshot, and in one transaction
/// with the last one makes them the newest snapshot and removes the old one and the journal's
/// records up to svc_snapshot_begin()'s number. Later records stay.
int svc_snapshot_next();
/// The snapshot is stored (code 0), or was given up.
void svc_snapshot_stored(int code);

// Pictures. The bytes are the host's: a Blob in a store of its own, by ID.

/// A client wants to upload; `session` is its token. host_upload_ready() follows.
void svc_upload_begin(std::uint32_t upload, const std::uint8_t* session, std::size_t size);
/// The next piece of the file, of any size (64 KiB to 1 MiB do well), after host_upload_ready()
/// with code 0. Another code than 0 ends the upload: tell the client. kPictureKind (2252),
/// kPictureTooLarge (2253), kPictureDamaged (199025).
int svc_upload_feed(std::uint32_t upload, const std::uint8_t* bytes, std::size_t size);
/// That was the whole file. Code 0: host_upload_keep() has been called meanwhile. Another code ends
/// the upload, as above and kPictureEmpty (2108).
int svc_upload_finish(std::uint32_t upload);
/// The bytes are durable under the ID of host_upload_keep() (code 0), or are not stored (codes as
/// in svc_committed()). host_upload_done() follows.
void svc_upload_kept(std::uint32_t upload, int code);
/// The client has given up or gone. If host_upload_keep() was called, what it stores is removed by
/// host_remove_picture().
void svc_upload_cancel(std::uint32_t upload);
/// 1 if a row knows the picture. `id`: 32 hexadecimal digits.
int svc_has_picture(const std::uint8_t* id, std::size_t size);

// Export: one file, in pieces. The service goes on meanwhile.

/// Begins; an export that was under way is given up.
void svc_export_begin();
/// The next step. 0: the file is complete. 1: host_export_bytes() was called, append what it gave.
/// 2: host_export_picture() was called; look the picture up, then call svc_export_picture().
int svc_export_next();
/// The host's answer to host_export_picture(). `found` 1: host_export_bytes() is called with the
/// picture's head; append that and then the picture's bytes, as many as it was asked for. `found`
/// 0: the bytes are lost (or have another length); the file says so.
void svc_export_picture(int found);

// Import, in a module of its own that has loaded nothing: svc_import_feed() for the whole file in
// pieces, then svc_import_finish(). On success: svc_snapshot_begin() and svc_snapshot_next() give
// what is to be stored, in one transaction with the pictures (slices of the file), provided that
// the stored world is still empty; then svc_start(), and this module takes the place of the other.

/// 1 if nobody has an account yet: only then is an import allowed.
int svc_is_empty();
/// Codes: kDataDamaged (damaged), kDataNewer (a later version's), kDataNotEmpty (199028; this
/// module has loaded something). host_import_picture() is called for each picture that has passed
/// by whole.
int svc_import_feed(const std::uint8_t* bytes, std::size_t size);
/// Codes as above; a file cut short is kDataDamaged.
int svc_import_finish();

// --- What the host supplies ----------------------------------------------------------------------

/// A frame for a connection.
void host_send(std::uint32_t connection, const char* text, std::size_t size);
/// The connection ends after what was sent before, with a close code of PROTOCOL.md and a reason of
/// at most 123 bytes.
void host_close(std::uint32_t connection, int code, const char* reason, std::size_t size);
/// To be appended to the journal under `record`, durably, with the fence compared in the same
/// transaction; then svc_committed().
void host_commit(double record, const std::uint8_t* bytes, std::size_t size);
/// Chunk `index` (from 0) of the snapshot under way; `last` is 1 with the last one.
void host_snapshot_chunk(double index, int last, const std::uint8_t* bytes, std::size_t size);
/// An upload may send its bytes (code 0), or is over: kSessionInvalid (20002), kTooManyRequests
/// (199011), kOverloaded (60022), kStorageFailed.
void host_upload_ready(std::uint32_t upload, int code);
/// Store the upload's bytes, durably, under this ID; then svc_upload_kept().
void host_upload_keep(std::uint32_t upload, const char* id, std::size_t size);
/// The end of an upload after svc_upload_kept(). Code 0: `answer` is the JSON that `POST /pictures`
/// answers with. Another: the bytes are to be removed (host_remove_picture() tells it as well).
void host_upload_done(std::uint32_t upload, int code, const char* answer, std::size_t size);
/// No row names this picture any more: remove its bytes.
void host_remove_picture(const char* id, std::size_t size);
/// The next bytes of the file that is being exported.
void host_export_bytes(const std::uint8_t* bytes, std::size_t size);
/// The file that is being exported needs the picture `id` of `bytes` bytes; then
/// svc_export_picture().
void host_export_picture(const char* id, std::size_t size, double bytes);
/// The picture `id` lies in the imported file from `offset` on, `bytes` long. Whole and sound.
void host_import_picture(const char* id, std::size_t size, double offset, double bytes);
/// Fills `bytes` with randomness fit for secrets (crypto.getRandomValues).
void host_random(std::uint8_t* bytes, std::size_t size);
/// Milliseconds since 1970 (Date.now()).
double host_now();
/// A line for the console. `level`: 0 information, 1 warning, 2 error.
void host_log(int level, const char* text, std::size_t size);

}  // extern "C"

// NOLINTEND(readability-identifier-naming)
