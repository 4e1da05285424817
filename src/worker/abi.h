// The border between the browser's JavaScript and the service as a WebAssembly module: what the
// host calls (svc_*), and what it supplies (host_*).
//
// The host is whatever runs the module: a SharedWorker, a leader tab, a test under node. It owns
// the ports, the durable storage and the timers; the module owns everything that is decided. There
// is no file, socket, clock or thread in the module.
//
// How calls go:
// - One thread. A svc_* function may be called at any time from the host's event loop, but never
//   from inside a host_* function: what a host_* function starts is answered later, by a svc_* call
//   from a task of its own. Every svc_* function returns soon.
// - Text is UTF-8, given as (pointer, bytes), without a closing NUL. Bytes likewise. What goes in
//   lies in memory that the host took with svc_allocate() and frees with svc_free() after the call;
//   the module copies what it keeps. What comes out is valid during the host_* call alone: the host
//   copies it before it returns. (library_worker.js does, and gives JavaScript strings and fresh
//   Uint8Arrays to the functions of Module.host.) Memory may grow in any call: look at HEAPU8 anew.
// - Integers that may be large (times, record numbers, sizes of files) are doubles below 2^53.
//   Times are milliseconds since 1970-01-01 UTC.
// - A `code` is a number of base/error_code.h: 0 is success. svc_error_text() tells in English what
//   the last non-zero code was about.
//
// What is durable, and the host keeps:
//   journal    records by number, dense and ascending. One record is one commit.
//   snapshot   numbered; each is chunks by index from 0, dense. At most one is *kept*: host_keep_
//              snapshot() makes it so. Chunks of any other snapshot are leftovers of a crash: to be
//              deleted when the storage is opened, before the module is loaded.
//   pictures   bytes by ID (32 hexadecimal digits).
// The formats are the module's alone (store/journal/record.h). Every write is strictly durable
// before the host reports it.
//
// The life of a module, in this order:
//   1. Module.host is set, the module instantiated.
//   2. svc_load_chunk() for each chunk of the kept snapshot, in order; then svc_load_record() for
//      each record of the journal, in order. A non-zero code ends the module: the host shows what
//      it means, leaves the storage as it is, and never calls it again.
//   3. svc_import_*(), if the person wants to fill an empty world from a file.
//   4. svc_start(). For each stored picture: svc_has_picture(), and what it does not know is
//      deleted (a crash has left it).
//   5. Everything else.
// There is no end: a module is dropped at any time, as a crash would drop it.
#pragma once

#ifdef __cplusplus
extern "C" {
#endif

// --- Exports: what the host calls ------------------------------------------------------------

/// Memory for arguments; the host's until svc_free(). Null when there is none left.
void* svc_allocate(int bytes);
void svc_free(void* memory);

/// What the last non-zero code was about: English, for logs and reports, at most 511 bytes; closed
/// with a NUL. The module's memory, valid until the next call.
const char* svc_error_text(void);

/// Step 2. A chunk of the kept snapshot, in order from index 0. Codes: kDataDamaged (its checksum,
/// its contents, its place), kDataNewer (a later version of Kumquat wrote it).
int svc_load_chunk(const char* bytes, int size);
/// Step 2. The record with this number; the first one is the one behind the snapshot's, or 1, the
/// next ones follow without a hole. Codes: as above. A record that the kept snapshot already
/// holds is passed over.
int svc_load_record(double number, const char* bytes, int size);

/// Step 4. From here on connections are served. Codes: kDataDamaged if the snapshot lacks its last
/// chunk, kInvalidArgument if it was started before or an import is under way.
int svc_start(void);

/// A client is there. `connection` is the host's name for it: 1 or more, never used again. It is
/// closed at once (host_close, 4503) when there are too many.
void svc_connect(double connection);
/// A frame of the client's, as it came: JSON text by the protocol. Answers go to host_send().
void svc_receive(double connection, const char* text, int size);
/// The client is gone, or has been closed by host_close() (then it need not be called).
void svc_disconnect(double connection);

/// The time for which host_wake_at() asked has come (a little later is well).
void svc_tick(void);

/// A write named `write` by one of the host_* functions below is durable (code 0), or has changed
/// nothing: kDiskFull (quota), kStorageFailed (anything else). Writes of the journal are answered
/// in the order in which they were asked for; others in any order. A host that has lost the storage
/// to another one (a fence that is not its own) does not answer: it drops the module.
void svc_written(double write, int code);

// Uploads: the pictures' bytes stay with the host; the module looks at them as they pass.

/// A client wants to store a picture of `size` bytes in the name of a session's token. `upload` is
/// the host's name for it: 1 or more, never used again. Exactly one host_upload_answer() follows,
/// unless the host cancels first: an error now or later, or at the end the picture.
void svc_upload_begin(double upload, const char* session, int session_size, double size);
/// The file's next bytes, in pieces of any size. They may come before anything has been answered.
/// Codes: those of the picture inspector; host_upload_answer() is then called as well, and what
/// still comes is passed over.
int svc_upload_feed(double upload, const char* bytes, int size);
/// All bytes have been fed: the file ends here.
void svc_upload_finish(double upload);
/// The client is gone or has given up. Nothing is kept; a host_keep_picture() under way is undone
/// with host_remove_picture().
void svc_upload_cancel(double upload);

/// 1 if some row knows the picture, else 0: then nothing will ever name it.
int svc_has_picture(const char* id, int size);

// Export: the whole world as one file. The state is that of the moment of svc_export_begin().

/// Codes: kOverloaded while another export is under way; kInvalidArgument before svc_start().
int svc_export_begin(void);
/// Gives the next piece or picture of the file: one call of host_export_piece() or
/// host_export_picture(), whose outputs put together in this order are the file. 1: there is more;
/// 0: that was the last; the export is over.
int svc_export_next(void);
/// Gives an export up.
void svc_export_cancel(void);

// Import: fills an empty world from such a file. Step 3, between loading and svc_start().

/// Codes: kDataNotEmpty if there are accounts; kInvalidArgument after svc_start().
int svc_import_begin(void);
/// The file's next bytes, in pieces of any size. For each picture that has passed whole
/// host_import_picture() is called. Codes: kDataDamaged, kDataNewer, kInvalidArgument (not a file of
/// Kumquat's); the import is then over, and the module goes on as if it had not been (svc_start).
int svc_import_feed(const char* bytes, int size);
/// The file has ended. Codes: kDataDamaged if it was cut short or does not fit together; the import
/// is then over as above. 0: the module now writes a snapshot (host_put_chunk, host_keep_snapshot),
/// and calls host_import_answer() once when that and the pictures are durable, or have failed. Then
/// svc_start().
int svc_import_finish(void);

// --- Imports: what the host supplies ---------------------------------------------------------
// None of them may call a svc_* function before it has returned.

/// A frame for a client, JSON text. To a connection that is gone: nothing happens.
void host_send(double connection, const char* text, int size);
/// No more frames for this client: its port is closed with a close code of the protocol.
void host_close(double connection, int code, const char* reason, int size);

/// Append this record to the journal. The numbers are dense; a number that failed comes again.
void host_append(double write, double number, const char* bytes, int size);
/// Store this chunk of a snapshot that is not kept yet.
void host_put_chunk(double write, double snapshot, int index, const char* bytes, int size);
/// In one transaction: this snapshot, all of whose chunks are durable, is now the kept one; chunks
/// of others are deleted, and so are the journal's records up to `through`, included.
void host_keep_snapshot(double write, double snapshot, double through);
/// Store the bytes that were fed to this upload under this ID.
void host_keep_picture(double write, double upload, const char* id, int size);
/// Delete the picture. One that is not there is deleted already.
void host_remove_picture(double write, const char* id, int size);

/// An upload's end. code 0: the picture is durable and has this ID and these dimensions; else they
/// mean nothing. `retry_after_ms`: when trying again makes sense; negative: not said.
void host_upload_answer(double upload, int code, double retry_after_ms, const char* id, int id_size,
                        double width, double height, double size);

/// Bytes of the export file.
void host_export_piece(const char* bytes, int size);
/// Here the file holds a picture: these head bytes, then the stored picture's bytes, of which there
/// must be exactly `size`. If the host does not have it, or another number of bytes, it leaves out
/// both, and the file is well all the same.
void host_export_picture(const char* id, int id_size, double size, const char* head, int head_size);

/// Store, under this ID, `size` bytes of the file that is being imported, from `offset` on.
void host_import_picture(double write, const char* id, int id_size, double offset, double size);
/// The end of an import that svc_import_finish() let through. Codes: kDiskFull, kStorageFailed: the
/// world is as empty as before.
void host_import_answer(int code);

/// svc_tick() is wanted at this time; replaces what was asked for before. Negative: not at all.
void host_wake_at(double time_ms);

/// The wall clock. Called often.
double host_now(void);
/// Fills the memory with bytes from a source fit for secrets (crypto.getRandomValues).
void host_random(char* bytes, int size);
/// For the developer's console. `level` 0: information, 1: warning, 2: error. Never private content.
void host_log(int level, const char* text, int size);

#ifdef __cplusplus
}
#endif
