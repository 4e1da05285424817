// Measures kumquatd beside a bare relay and beside the disk, all in one run: what does it cost that
// a message is checked, numbered, stored and on the disk before it is acknowledged?
#include <algorithm>
#include <chrono>
#include <cstdio>
#include <cstdlib>
#include <cstring>
#include <fcntl.h>
#include <filesystem>
#include <map>
#include <sstream>
#include <string>
#include <thread>
#include <unistd.h>
#include <vector>

#include <boost/asio/io_context.hpp>
#include <boost/asio/ip/tcp.hpp>
#include <boost/asio/read.hpp>
#include <boost/asio/write.hpp>

#include "bench/child.h"
#include "bench/load.h"
#include "bench/relay.h"

namespace kumquat::bench {
namespace {

namespace fs = std::filesystem;
using Clock = std::chrono::steady_clock;
using Readings = std::map<std::string, double>;

constexpr int kRelayThreads = 2;

struct Settings {
    LoadSettings load;
    /// Where data directories are made and the disk is measured.
    std::string folder = ".";
};

struct Measured {
    LoadResult load;
    double server_cpu = 0;
    double client_cpu = 0;
    Readings before;
    Readings after;
};

[[noreturn]] void give_up(const std::string& why) {
    std::fprintf(stderr, "kumquat_bench: %s\n", why.c_str());
    std::exit(1);
}

double percentile(const std::vector<double>& sorted, double share) {
    if (sorted.empty()) return 0;
    const auto index = static_cast<std::size_t>(share * static_cast<double>(sorted.size() - 1));
    return sorted[index];
}

// Seconds that each of some writes of 4 KiB took to be on the disk, sorted.
std::vector<double> measure_disk(const fs::path& folder) {
    const std::string path = (folder / "sync").string();
    const int file = open(path.c_str(), O_CREAT | O_TRUNC | O_WRONLY | O_CLOEXEC, 0600);
    if (file < 0) give_up(path + ": " + std::strerror(errno));
    const std::string page(4096, 'k');
    std::vector<double> times;
    const auto deadline = Clock::now() + std::chrono::seconds(2);
    while (Clock::now() < deadline) {
        const auto begin = Clock::now();
        if (write(file, page.data(), page.size()) < 0 || fdatasync(file) != 0)
            give_up(path + ": cannot be written");
        times.push_back(std::chrono::duration<double>(Clock::now() - begin).count());
    }
    close(file);
    std::sort(times.begin(), times.end());
    return times;
}

// GET /metrics.
Readings read_metrics(std::uint16_t port) {
    boost::asio::io_context io;
    boost::asio::ip::tcp::socket socket(io);
    boost::system::error_code error;
    socket.connect({boost::asio::ip::address_v4::loopback(), port}, error);
    const std::string request = "GET /metrics HTTP/1.1\r\nHost: localhost:" + std::to_string(port) +
                                "\r\nConnection: close\r\n\r\n";
    boost::asio::write(socket, boost::asio::buffer(request), error);
    std::string text;
    boost::asio::read(socket, boost::asio::dynamic_buffer(text), error);
    Readings readings;
    std::istringstream lines(text);
    for (std::string line; std::getline(lines, line);) {
        const std::size_t blank = line.rfind(' ');
        if (line.empty() || line[0] == '#' || blank == std::string::npos) continue;
        readings[line.substr(0, blank)] = std::strtod(line.c_str() + blank, nullptr);
    }
    return readings;
}

Measured measure(const Child& child, LoadSettings load, bool has_metrics) {
    Measured measured;
    double server = 0;
    double client = 0;
    measured.load = run_load(
        load,
        [&] {
            if (has_metrics) measured.before = read_metrics(load.port);
            server = child.cpu_seconds();
            client = own_cpu_seconds();
        },
        [&] {
            measured.server_cpu = child.cpu_seconds() - server;
            measured.client_cpu = own_cpu_seconds() - client;
            if (has_metrics) measured.after = read_metrics(load.port);
        });
    if (!measured.load.trouble.empty()) give_up(measured.load.trouble);
    return measured;
}

Measured measure_relay(const std::string& own_path, LoadSettings load) {
    Child relay({own_path, "--relay"});
    load.port = relay.wait_port("");
    load.speaks_protocol = false;
    return measure(relay, load, false);
}

Measured measure_kumquatd(const std::string& own_path, LoadSettings load, const fs::path& folder) {
    const std::string program = (fs::path(own_path).parent_path() / "kumquatd").string();
    Child kumquatd({program, "--port", "0", "--data-dir", (folder / "data").string()});
    load.port = kumquatd.wait_port("is at http://localhost:");
    if (load.port == 0) give_up(program + " does not start");
    return measure(kumquatd, load, true);
}

void print_row(const char* name, const Measured& measured) {
    const double messages = static_cast<double>(measured.load.acknowledged);
    const double thousands = std::max(messages / 1000, 1e-9);
    std::printf("%-10s %10.0f %10.0f %9.1f %9.1f %14.1f %14.1f\n", name,
                messages / measured.load.seconds,
                static_cast<double>(measured.load.delivered) / measured.load.seconds,
                1000 * percentile(measured.load.latencies, 0.5),
                1000 * percentile(measured.load.latencies, 0.99),
                1000 * measured.server_cpu / thousands, 1000 * measured.client_cpu / thousands);
}

void print_batches(const Measured& measured) {
    const auto delta = [&](const std::string& name) {
        const auto before = measured.before.find(name);
        const auto after = measured.after.find(name);
        if (after == measured.after.end()) return 0.0;
        return after->second - (before == measured.before.end() ? 0 : before->second);
    };
    const auto ratio = [](double a, double b) { return b > 0 ? a / b : 0; };
    const double commits = delta("kumquat_commit_seconds_count");
    std::printf("\nkumquatd's batches: %.0f per second, %.1f requests each; the largest had %.0f\n",
                delta("kumquat_batches_total") / measured.load.seconds,
                ratio(delta("kumquat_batched_requests_total"), delta("kumquat_batches_total")),
                measured.after.count("kumquat_batch_requests_largest") != 0
                    ? measured.after.at("kumquat_batch_requests_largest")
                    : 0);
    std::printf(
        "its commits: %.0f per second, %.1f messages and %.1f ms each; %.1f frames leave per "
        "write\n",
        commits / measured.load.seconds, ratio(delta("kumquat_commit_messages_sum"), commits),
        1000 * ratio(delta("kumquat_commit_seconds_sum"), commits),
        ratio(delta("kumquat_frames_out_total"), delta("kumquat_writes_out_total")));
}

Settings read_arguments(int argc, char** argv) {
    Settings settings;
    const std::map<std::string, int*> numbers{{"--pairs", &settings.load.pairs},
                                              {"--window", &settings.load.window},
                                              {"--bytes", &settings.load.text_bytes},
                                              {"--seconds", &settings.load.seconds}};
    for (int i = 1; i < argc; ++i) {
        const std::string name = argv[i];
        const auto number = numbers.find(name);
        const bool known = number != numbers.end() || name == "--folder";
        if (!known || i + 1 == argc) {
            std::printf(
                "kumquat_bench [--pairs N] [--window N] [--bytes N] [--seconds N] [--folder "
                "DIR]\n");
            std::exit(name == "--help" ? 0 : 2);
        }
        ++i;
        if (name == "--folder") {
            settings.folder = argv[i];
            continue;
        }
        *number->second = std::atoi(argv[i]);
        if (*number->second < 1)
            give_up(name + ": \"" + argv[i] + "\" is not allowed; allowed is a number from 1");
    }
    return settings;
}

void run(const std::string& own_path, const Settings& settings) {
    std::string pattern = (fs::path(settings.folder) / "kumquat-bench-XXXXXX").string();
    if (mkdtemp(pattern.data()) == nullptr) give_up(pattern + ": " + std::strerror(errno));
    const fs::path folder = pattern;
    const LoadSettings& load = settings.load;
    std::printf("%d pairs, %d-byte texts, %d unfinished messages each, %d s; %u processors\n\n",
                load.pairs, load.text_bytes, load.window, load.seconds,
                std::thread::hardware_concurrency());
    const auto disk = measure_disk(folder);
    std::printf("disk: write of 4 KiB and fdatasync: %.2f ms median, %.2f ms 99th percentile\n\n",
                1000 * percentile(disk, 0.5), 1000 * percentile(disk, 0.99));
    std::printf("%-10s %10s %10s %9s %9s %14s %14s\n", "", "sent/s", "received/s", "ack p50",
                "ack p99", "server CPU", "client CPU");
    std::printf("%-10s %10s %10s %9s %9s %14s %14s\n", "", "", "", "ms", "ms", "ms/1000 msgs",
                "ms/1000 msgs");
    print_row("relay", measure_relay(own_path, load));
    const Measured kumquatd = measure_kumquatd(own_path, load, folder);
    print_row("kumquatd", kumquatd);
    print_batches(kumquatd);
    std::error_code ignored;
    fs::remove_all(folder, ignored);
}

}  // namespace
}  // namespace kumquat::bench

int main(int argc, char** argv) {
    using namespace kumquat::bench;
    if (argc == 2 && std::strcmp(argv[1], "--relay") == 0) run_relay(kRelayThreads);
    const Settings settings = read_arguments(argc, argv);
    run(std::filesystem::read_symlink("/proc/self/exe").string(), settings);
    return 0;
}
