#include "server/process.h"

#include <csignal>
#include <cstdlib>
#include <fcntl.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <thread>
#include <unistd.h>

#include <gtest/gtest.h>
#include <poll.h>

namespace kumquat::server {
namespace {

using Clock = std::chrono::steady_clock;

std::vector<char*> pointers(std::vector<std::string>& strings) {
    std::vector<char*> result;
    for (std::string& text : strings)
        result.push_back(text.data());
    result.push_back(nullptr);
    return result;
}

}  // namespace

Process::Process(const Settings& settings) {
    std::vector<std::string> arguments = settings.arguments;
    arguments.insert(arguments.begin(), KUMQUATD);
    std::vector<std::string> environment = settings.environment;
    environment.push_back("PATH=/usr/bin:/bin");
    // What a sanitizer was told holds for the program as well.
    for (const char* name : {"ASAN_OPTIONS", "UBSAN_OPTIONS", "TSAN_OPTIONS"}) {
        if (const char* value = std::getenv(name))
            environment.push_back(std::string(name) + "=" + value);
    }
    const auto argv = pointers(arguments);
    const auto envp = pointers(environment);
    int ends[2];
    EXPECT_EQ(pipe2(ends, O_CLOEXEC), 0);
    pid_ = fork();
    if (pid_ == 0) {
        dup2(ends[1], STDOUT_FILENO);
        dup2(ends[1], STDERR_FILENO);
        if (settings.descriptors != 0) {
            const rlimit limit{settings.descriptors, settings.descriptors};
            setrlimit(RLIMIT_NOFILE, &limit);
        }
        execve(KUMQUATD, argv.data(), envp.data());
        _exit(127);
    }
    close(ends[1]);
    pipe_ = ends[0];
}

Process::~Process() {
    if (!code_) {
        signal(SIGKILL);
        wait();
    }
    close(pipe_);
}

std::uint16_t Process::wait_ready() {
    const std::string sign = " is at http://";
    const auto deadline = Clock::now() + kPatience;
    while (Clock::now() < deadline) {
        read_output(std::chrono::milliseconds(20));
        const std::size_t found = output_.find(sign);
        if (found != std::string::npos && output_.find('\n', found) != std::string::npos) {
            const std::size_t colon = output_.find(':', found + sign.size());
            return static_cast<std::uint16_t>(std::atoi(output_.c_str() + colon + 1));
        }
        if (wait(std::chrono::milliseconds(0)) != -1) break;
    }
    ADD_FAILURE() << "kumquatd does not start: " << output_;
    return 0;
}

void Process::signal(int number) const {
    kill(pid_, number);
}

int Process::wait(std::chrono::milliseconds patience) {
    const auto deadline = Clock::now() + patience;
    while (!code_) {
        int status = 0;
        if (waitpid(pid_, &status, WNOHANG) == pid_) {
            code_ = WIFSIGNALED(status) ? 128 + WTERMSIG(status) : WEXITSTATUS(status);
            break;
        }
        if (Clock::now() >= deadline) return -1;
        read_output(std::chrono::milliseconds(5));
    }
    return *code_;
}

const std::string& Process::output() {
    read_output(std::chrono::milliseconds(0));
    return output_;
}

void Process::read_output(std::chrono::milliseconds patience) {
    pollfd entry{pipe_, POLLIN, 0};
    int timeout = static_cast<int>(patience.count());
    while (poll(&entry, 1, timeout) > 0) {
        char chunk[4096];
        const ssize_t count = read(pipe_, chunk, sizeof chunk);
        if (count <= 0) {
            // The other end is closed: nothing more to wait for but the process.
            if (patience.count() > 0) std::this_thread::sleep_for(std::chrono::milliseconds(1));
            return;
        }
        output_.append(chunk, static_cast<std::size_t>(count));
        timeout = 0;
    }
}

}  // namespace kumquat::server
