#include "server/config.h"

#include <algorithm>
#include <cctype>
#include <charconv>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <sstream>

#include <CLI/CLI.hpp>

#include "server/asio_types.h"
#include "server/version.h"

namespace kumquat::server {
namespace {

namespace fs = std::filesystem;
using proto::SignInMode;

constexpr const char* kKeyVariable = "KUMQUAT_USERSIG_KEY";
constexpr std::size_t kKeyBytesMax = 4096;
constexpr std::int64_t kExpireSecondsMax = 50LL * 365 * 24 * 3600;

// What the options hold before they are looked at.
struct Raw {
    std::string bind = "127.0.0.1";
    std::string port = "8080";
    std::string data_dir;
    std::string sign_in;
    bool change_sign_in = false;
    bool allow_name_sign_in_remotely = false;
    std::string sdk_app_id;
    std::string key_file;
    std::string page_dir;
    std::vector<std::string> host_names;
    std::vector<std::string> allow_origins;
    bool public_metrics = false;
    std::string log_level = "info";
    std::string threads = "0";
    std::string connections_max = "10000";
    std::string user;
    std::string import_file;
    std::string expire_seconds = std::to_string(kUserSigExpireDefaultSeconds);
};

Error refused(std::string_view option, std::string_view value, std::string_view allowed) {
    std::ostringstream text;
    text << option << ": \"" << value << "\" is not allowed; allowed is " << allowed;
    return Error{ErrorCode::kInvalidArgument, text.str()};
}

Result<std::int64_t> parse_number(std::string_view option, const std::string& text,
                                  std::int64_t min, std::int64_t max) {
    std::int64_t number = 0;
    const char* end = text.data() + text.size();
    const auto [parsed, error] = std::from_chars(text.data(), end, number);
    if (error != std::errc() || parsed != end || number < min || number > max) {
        return refused(option, text,
                       "a whole number from " + std::to_string(min) + " to " + std::to_string(max));
    }
    return number;
}

std::string environment(const char* name) {
    const char* value = std::getenv(name);
    return value == nullptr ? std::string() : std::string(value);
}

// Where the XDG base directory specification puts an application's data.
std::string default_data_dir() {
    const std::string data_home = environment("XDG_DATA_HOME");
    if (!data_home.empty() && data_home.front() == '/') return data_home + "/kumquat";
    const std::string home = environment("HOME");
    return home.empty() ? std::string() : home + "/.local/share/kumquat";
}

// The built page beside the program: installed, or in the build folder.
std::string default_page_dir() {
    std::error_code error;
    const fs::path program = fs::read_symlink("/proc/self/exe", error);
    if (error) return {};
    const fs::path prefix = program.parent_path().parent_path();
    for (const fs::path& candidate :
         {prefix / "share/kumquat/page", prefix.parent_path() / "wasm-release/web"}) {
        if (fs::exists(candidate / "index.html", error)) return candidate.string();
    }
    return {};
}

Result<std::string> read_key(const Raw& raw) {
    std::string key;
    if (!raw.key_file.empty()) {
        std::ifstream in(raw.key_file, std::ios::binary);
        if (!in) return refused("--usersig-key-file", raw.key_file, "a file that can be read");
        key.assign(std::istreambuf_iterator<char>(in), std::istreambuf_iterator<char>());
    } else {
        key = environment(kKeyVariable);
    }
    while (!key.empty() && std::isspace(static_cast<unsigned char>(key.back())) != 0)
        key.pop_back();
    if (key.size() > kKeyBytesMax || (key.empty() && !raw.key_file.empty())) {
        return refused("--usersig-key-file", raw.key_file,
                       "a file that holds 1 to " + std::to_string(kKeyBytesMax) + " bytes");
    }
    return key;
}

// Empty if neither key nor app ID is given.
Result<std::optional<UserSigKey>> read_user_sig_key(const Raw& raw) {
    KUMQUAT_TRY_ASSIGN(std::string key, read_key(raw));
    if (key.empty() && raw.sdk_app_id.empty()) return std::optional<UserSigKey>();
    if (raw.sdk_app_id.empty()) {
        return refused("--sdk-app-id", "",
                       "the number that goes with the UserSig key (it is needed beside the key)");
    }
    KUMQUAT_TRY_ASSIGN(const std::int64_t app_id,
                       parse_number("--sdk-app-id", raw.sdk_app_id, 1, 0xFFFFFFFF));
    if (key.empty()) {
        return refused("--usersig-key-file", "",
                       std::string("a file that holds the key of the SDKAppID; the environment "
                                   "variable ") +
                           kKeyVariable + " can hold it instead");
    }
    KUMQUAT_TRY_ASSIGN(UserSigKey both, UserSigKey::create(app_id, std::move(key)));
    return std::optional<UserSigKey>(std::move(both));
}

Result<std::string> read_page_dir(const Raw& raw) {
    if (raw.page_dir.empty()) return default_page_dir();
    std::error_code error;
    if (!fs::exists(fs::path(raw.page_dir) / "index.html", error)) {
        return refused("--page-dir", raw.page_dir, "a folder that holds an index.html");
    }
    return raw.page_dir;
}

Status read_names(const Raw& raw, Config* config) {
    for (const std::string& name : raw.host_names) {
        auto authority = parse_authority(name);
        if (!authority) return refused("--host-name", name, "NAME or NAME:PORT");
        config->host_names.push_back(std::move(*authority));
    }
    for (const std::string& text : raw.allow_origins) {
        auto origin = parse_origin(text);
        if (!origin) {
            return refused("--allow-origin", text, "http://NAME[:PORT] or https://NAME[:PORT]");
        }
        config->allow_origins.push_back(std::move(*origin));
    }
    return {};
}

// Numeric, so that it never waits for a resolver; "localhost" is the one name everybody tries.
bool is_bindable(const std::string& address) {
    if (address == "localhost") return true;
    error_code error;
    asio::ip::make_address(address, error);
    return !error;
}

Result<Config> make_config(const Raw& raw) {
    Config config;
    if (!is_bindable(raw.bind)) {
        return refused("--bind", raw.bind, "an IPv4 or IPv6 address, or localhost");
    }
    config.bind = raw.bind == "localhost" ? "127.0.0.1" : raw.bind;
    KUMQUAT_TRY_ASSIGN(const auto port, parse_number("--port", raw.port, 0, 65535));
    config.port = static_cast<std::uint16_t>(port);
    config.data_dir = raw.data_dir.empty() ? default_data_dir() : raw.data_dir;
    if (config.data_dir.empty()) {
        return refused("--data-dir", "",
                       "a folder (there is neither HOME nor XDG_DATA_HOME to put one below)");
    }
    if (!raw.sign_in.empty()) {
        KUMQUAT_TRY_ASSIGN(config.sign_in, parse_sign_in(raw.sign_in));
    }
    config.change_sign_in = raw.change_sign_in;
    if (raw.change_sign_in && raw.sign_in.empty()) {
        return refused("--change-sign-in", "", "only together with --sign-in");
    }
    config.allow_name_sign_in_remotely = raw.allow_name_sign_in_remotely;
    KUMQUAT_TRY_ASSIGN(config.user_sig, read_user_sig_key(raw));
    KUMQUAT_TRY_ASSIGN(config.page_dir, read_page_dir(raw));
    KUMQUAT_TRY(read_names(raw, &config));
    config.public_metrics = raw.public_metrics;
    constexpr std::string_view kLevels[] = {"trace", "debug", "info", "warning", "error", "off"};
    if (std::find(std::begin(kLevels), std::end(kLevels), raw.log_level) == std::end(kLevels)) {
        return refused("--log-level", raw.log_level, "trace, debug, info, warning, error or off");
    }
    config.log_level = raw.log_level;
    KUMQUAT_TRY_ASSIGN(const auto threads, parse_number("--threads", raw.threads, 0, 256));
    config.threads = static_cast<int>(threads);
    KUMQUAT_TRY_ASSIGN(const auto connections,
                       parse_number("--max-connections", raw.connections_max, 1, 1'000'000));
    config.connections_max = static_cast<std::size_t>(connections);
    return config;
}

Result<UserSigCommand> make_user_sig_command(const Raw& raw) {
    const auto user = UserId::parse(raw.user);
    if (!user) return refused("USER", raw.user, error_text(user.error().code));
    KUMQUAT_TRY_ASSIGN(const std::int64_t expire_seconds,
                       parse_number("--expire-s", raw.expire_seconds, 1, kExpireSecondsMax));
    KUMQUAT_TRY_ASSIGN(auto key, read_user_sig_key(raw));
    if (!key) {
        return refused("--usersig-key-file", "",
                       std::string("a file that holds the key; the environment variable ") +
                           kKeyVariable + " can hold it instead. --sdk-app-id goes with it");
    }
    return UserSigCommand{*user, expire_seconds, std::move(*key)};
}

void add_options(CLI::App& app, Raw& raw) {
    app.add_option("--port", raw.port, "Port to listen on; 0: any free one")->type_name("PORT");
    app.add_option("--bind", raw.bind, "Address to listen on")->type_name("ADDRESS");
    app.add_option("--data-dir", raw.data_dir,
                   "Folder that holds everything; made if it is not there\n"
                   "[$XDG_DATA_HOME/kumquat, or ~/.local/share/kumquat]")
        ->type_name("DIR");
    app.add_option("--sign-in", raw.sign_in,
                   "How people sign in: name, usersig, or name,usersig\n"
                   "[what the data directory remembers; name in a new one]")
        ->type_name("MODES");
    app.add_flag("--change-sign-in", raw.change_sign_in,
                 "Let --sign-in differ from what the data directory remembers");
    app.add_flag("--allow-name-sign-in-remotely", raw.allow_name_sign_in_remotely,
                 "Offer name sign-in to other machines too: anybody there can be anybody");
    app.add_option("--sdk-app-id", raw.sdk_app_id, "SDKAppID that goes with the UserSig key")
        ->type_name("NUMBER");
    app.add_option("--usersig-key-file", raw.key_file,
                   std::string("File that holds the UserSig key; or put the key into the\n"
                               "environment variable ") +
                       kKeyVariable)
        ->type_name("FILE");
    app.add_option("--page-dir", raw.page_dir, "Folder of the built page [beside the program]")
        ->type_name("DIR");
    app.add_option("--host-name", raw.host_names,
                   "A further name under which this server is reached; may be repeated")
        ->type_name("NAME[:PORT]");
    app.add_option("--allow-origin", raw.allow_origins,
                   "A further origin whose pages may use this server; may be repeated")
        ->type_name("ORIGIN");
    app.add_flag("--public-metrics", raw.public_metrics,
                 "Show /metrics to other machines too, not only to this one");
    app.add_option("--log-level", raw.log_level, "trace, debug, info, warning, error or off")
        ->type_name("LEVEL");
    app.add_option("--threads", raw.threads, "I/O threads; 0: one per processor")
        ->type_name("NUMBER");
    app.add_option("--max-connections", raw.connections_max, "Connections at the same time")
        ->type_name("NUMBER");
    for (CLI::Option* option : app.get_options()) {
        if (!option->get_expected_max() || option->get_name() == "--help") continue;
        option->multi_option_policy(option->get_name() == "--host-name" ||
                                            option->get_name() == "--allow-origin"
                                        ? CLI::MultiOptionPolicy::TakeAll
                                        : CLI::MultiOptionPolicy::TakeLast);
    }
    for (const char* name : {"--port", "--bind", "--log-level", "--max-connections"}) {
        app.get_option(name)->capture_default_str();
    }
}

Error refused_by_parser(const CLI::ParseError& error) {
    std::string text = error.what();
    std::replace(text.begin(), text.end(), '\n', ' ');
    return Error{ErrorCode::kInvalidArgument, text + " (kumquatd --help lists what is allowed)"};
}

}  // namespace

Result<CommandLine> read_command_line(int argc, const char* const* argv) {
    Raw raw;
    CLI::App app(
        "kumquatd: the Kumquat chat server. Serves the page, the WebSocket and "
        "everything else from one port.",
        "kumquatd");
    add_options(app, raw);
    bool version = false;
    app.add_flag("--version", version, "Print the version");
    CLI::App* user_sig = app.add_subcommand("usersig", "Print a UserSig for a user and end");
    user_sig->fallthrough();
    user_sig->add_option("USER", raw.user, "User ID: 1 to 32 printable ASCII characters")
        ->required();
    user_sig->add_option("--expire-s", raw.expire_seconds, "Seconds until it expires")
        ->type_name("SECONDS")
        ->capture_default_str();
    CLI::App* import_world = app.add_subcommand(
        "import", "Fill an empty data directory from a file that a page has exported, and end");
    import_world->fallthrough();
    import_world->add_option("FILE", raw.import_file, "The exported file")->required();
    app.require_subcommand(0, 1);

    CommandLine line;
    try {
        app.parse(argc, const_cast<char**>(argv));
    } catch (const CLI::CallForHelp&) {
        line.print = user_sig->parsed()       ? user_sig->help()
                     : import_world->parsed() ? import_world->help()
                                              : app.help();
        return line;
    } catch (const CLI::ParseError& error) {
        return refused_by_parser(error);
    }
    if (version) {
        line.print = std::string("kumquatd ") + kVersionText + "\n";
        return line;
    }
    if (user_sig->parsed()) {
        KUMQUAT_TRY_ASSIGN(line.user_sig, make_user_sig_command(raw));
        return line;
    }
    KUMQUAT_TRY_ASSIGN(line.config, make_config(raw));
    line.import_file = raw.import_file;
    return line;
}

Result<std::vector<SignInMode>> parse_sign_in(std::string_view text) {
    bool name = false;
    bool user_sig = false;
    std::string_view rest = text;
    while (true) {
        const std::size_t comma = rest.find(',');
        const std::string_view mode = rest.substr(0, comma);
        if (mode == "name") {
            name = true;
        } else if (mode == "usersig") {
            user_sig = true;
        } else {
            return refused("--sign-in", text, "name, usersig or name,usersig");
        }
        if (comma == std::string_view::npos) break;
        rest.remove_prefix(comma + 1);
    }
    std::vector<SignInMode> modes;
    if (name) modes.push_back(SignInMode::kName);
    if (user_sig) modes.push_back(SignInMode::kUserSig);
    return modes;
}

std::string sign_in_text(const std::vector<SignInMode>& modes) {
    std::string text;
    for (const SignInMode mode : modes) {
        if (!text.empty()) text += ",";
        text += mode == SignInMode::kName ? "name" : "usersig";
    }
    return text;
}

bool is_loopback(std::string_view address) {
    if (address == "localhost") return true;
    error_code error;
    const auto parsed = asio::ip::make_address(std::string(address), error);
    if (error) return false;
    if (parsed.is_v6() && parsed.to_v6().is_v4_mapped()) {
        return asio::ip::make_address_v4(asio::ip::v4_mapped, parsed.to_v6()).is_loopback();
    }
    return parsed.is_loopback();
}

Status check_name_sign_in(const Config& config, const std::vector<SignInMode>& modes) {
    const bool by_name = std::find(modes.begin(), modes.end(), SignInMode::kName) != modes.end();
    if (!by_name || config.allow_name_sign_in_remotely) return {};
    if (!is_loopback(config.bind)) {
        return refused("--bind", config.bind,
                       "a loopback address while people sign in by name alone, as anybody who "
                       "reaches the server could be anybody; choose --sign-in usersig, or say "
                       "--allow-name-sign-in-remotely");
    }
    // A name that is not this machine's means a proxy in front, for other machines.
    for (const Authority& name : config.host_names) {
        if (!is_loopback(name.name)) {
            return refused("--host-name", name.name,
                           "a loopback name while people sign in by name alone; choose --sign-in "
                           "usersig, or say --allow-name-sign-in-remotely");
        }
    }
    return {};
}

}  // namespace kumquat::server
