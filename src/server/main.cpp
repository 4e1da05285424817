// kumquatd: command line in, exit code out. 0: all went well. 1: it could not start. 2: the command
// line is wrong.
#include <csignal>
#include <cstdio>
#include <ctime>
#include <string>
#include <sys/resource.h>
#include <utility>

#include <pthread.h>
#include <spdlog/sinks/stdout_color_sinks.h>
#include <spdlog/spdlog.h>

#include "server/config.h"
#include "server/import_world.h"
#include "server/server.h"

namespace {

using namespace kumquat;

constexpr int kFailed = 1;
constexpr int kWrongUsage = 2;

int fail(const Error& error) {
    const std::string text =
        error.context.empty() ? std::string(error_text(error.code)) : error.context;
    std::fprintf(stderr, "kumquatd: %s\n", text.c_str());
    return error.code == ErrorCode::kInvalidArgument ? kWrongUsage : kFailed;
}

void start_log(const std::string& level) {
    spdlog::set_default_logger(spdlog::stderr_color_mt("kumquatd"));
    spdlog::set_pattern("%Y-%m-%dT%H:%M:%S.%e%z %^%l%$ %v");
    spdlog::set_level(spdlog::level::from_str(level));
}

// One descriptor per connection: as many as the system grants.
void raise_descriptor_limit() {
    rlimit limit{};
    if (getrlimit(RLIMIT_NOFILE, &limit) != 0) return;
    limit.rlim_cur = limit.rlim_max;
    if (setrlimit(RLIMIT_NOFILE, &limit) != 0) spdlog::warn("cannot raise the limit of open files");
}

sigset_t stop_signals() {
    sigset_t signals;
    sigemptyset(&signals);
    sigaddset(&signals, SIGINT);
    sigaddset(&signals, SIGTERM);
    return signals;
}

int serve(server::Config config) {
    start_log(config.log_level);
    raise_descriptor_limit();
    std::signal(SIGPIPE, SIG_IGN);
    // Blocked before any thread starts, so that they reach sigwait() below and nobody else.
    const sigset_t signals = stop_signals();
    pthread_sigmask(SIG_BLOCK, &signals, nullptr);

    auto server = server::Server::start(std::move(config));
    if (!server) return fail(server.error());
    int signal = 0;
    sigwait(&signals, &signal);
    spdlog::info("stopping");
    // Whoever asks a second time does not want to wait.
    pthread_sigmask(SIG_UNBLOCK, &signals, nullptr);
    (*server)->stop();
    return 0;
}

int fill_data_dir(const server::CommandLine& line) {
    start_log(line.config.log_level);
    const auto imported = server::import_world(line.import_file, line.config);
    if (!imported) return fail(imported.error());
    std::printf("imported into %s: accounts %lld, messages %lld, pictures %lld\n",
                line.config.data_dir.c_str(), static_cast<long long>(imported->users),
                static_cast<long long>(imported->messages),
                static_cast<long long>(imported->pictures));
    return 0;
}

}  // namespace

int main(int argc, char** argv) {
    auto line = kumquat::server::read_command_line(argc, argv);
    if (!line) return fail(line.error());
    if (!line->print.empty()) {
        std::fputs(line->print.c_str(), stdout);
        return 0;
    }
    if (line->user_sig) {
        const auto& command = *line->user_sig;
        auto token = kumquat::server::make_user_sig(command.key, command.user, std::time(nullptr),
                                                    command.expire_seconds);
        if (!token) return fail(token.error());
        std::puts(token->c_str());
        return 0;
    }
    if (!line->import_file.empty()) return fill_data_dir(*line);
    return serve(std::move(line->config));
}
