// What a kumquatd is told when it starts: the command line, the environment, and the bounds that
// tests narrow.
#pragma once

#include <cstdint>
#include <iosfwd>
#include <optional>
#include <string>
#include <vector>

#include "base/ids.h"
#include "base/result.h"
#include "proto/messages.h"
#include "server/host_guard.h"
#include "server/user_sig/user_sig.h"

namespace kumquat::server {

/// Bounds on what one connection may cost. Not options: an operator has no reason to change them.
struct Bounds {
    std::size_t http_header_bytes = 16 * 1024;
    /// From the first byte awaited to the last byte of a request's head, and while a connection
    /// idles.
    std::int64_t http_request_ms = 20'000;
    std::int64_t http_response_ms = 120'000;
    /// How long the rest of what a client sends is dropped before its connection is closed: closed
    /// at once, it would never see the answer.
    std::int64_t http_linger_ms = 5'000;
    /// For every piece of 64 KiB of a picture on its way in.
    std::int64_t upload_piece_ms = 30'000;
    /// Uploads at the same time.
    std::size_t uploads = 64;
    std::size_t uploads_of_person = 8;
    /// Between two looks for pictures that nothing names.
    std::int64_t orphan_sweep_ms = 5 * 60'000;
    /// Without a frame from a client; half of it passes before the server pings.
    std::int64_t socket_idle_ms = 150'000;
    std::int64_t socket_handshake_ms = 10'000;
    /// A client that has taken nothing at all for so long is a slow reader.
    std::int64_t write_stall_ms = 30'000;
    /// More than this waiting for a client: no request of it is read.
    std::size_t queue_pause_bytes = 512 * 1024;
    /// More than this: a slow reader.
    std::size_t queue_bytes = 8 * 1024 * 1024;
    /// Frames that cannot be read, before the connection ends.
    int bad_frames = 8;
    /// How long a stop waits for requests under way, and for connections to say goodbye.
    std::int64_t stop_ms = 5'000;
    /// Send buffer of a socket in the system, bytes; 0: the system's choice.
    int socket_send_buffer = 0;
};

struct Config {
    std::string bind = "127.0.0.1";
    /// 0: any free one.
    std::uint16_t port = 8080;
    std::string data_dir;
    /// Empty: none was named; what the data directory remembers holds, or name sign-in.
    std::vector<proto::SignInMode> sign_in;
    /// `sign_in` may differ from what the data directory remembers.
    bool change_sign_in = false;
    bool allow_name_sign_in_remotely = false;
    std::optional<UserSigKey> user_sig;
    /// Empty: no page was found or asked for.
    std::string page_dir;
    std::vector<Authority> host_names;
    std::vector<Origin> allow_origins;
    /// Not only to loopback.
    bool public_metrics = false;
    std::string log_level = "info";
    /// I/O threads; 0: as many as there are processors, two at least.
    int threads = 0;
    std::size_t connections_max = 10'000;
    Bounds bounds;
};

/// `kumquatd usersig USER`: print a UserSig and end.
struct UserSigCommand {
    UserId user;
    std::int64_t expire_seconds = 0;
    UserSigKey key;
};

struct CommandLine {
    /// Set: print this to standard output and end well (--help, --version).
    std::string print;
    std::optional<UserSigCommand> user_sig;
    /// `kumquatd import FILE`: fill the data directory of `config` from this world file and end.
    std::string import_file;
    Config config;
};

/// Reads the command line and the environment. Errors: kInvalidArgument with a text that names the
/// option, its value and what is allowed.
Result<CommandLine> read_command_line(int argc, const char* const* argv);

/// "name,usersig" <-> modes, sorted and without repetition. Errors: kInvalidArgument.
Result<std::vector<proto::SignInMode>> parse_sign_in(std::string_view text);
std::string sign_in_text(const std::vector<proto::SignInMode>& modes);

/// 127.0.0.0/8, ::1 or "localhost".
bool is_loopback(std::string_view address);

/// Would name sign-in reach beyond this machine? Errors: kInvalidArgument.
Status check_name_sign_in(const Config& config, const std::vector<proto::SignInMode>& modes);

}  // namespace kumquat::server
