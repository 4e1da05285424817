#include "server/running_server.h"

#include <cstdlib>
#include <fstream>

#include <spdlog/spdlog.h>

namespace kumquat::server {

namespace fs = std::filesystem;

TemporaryFolder::TemporaryFolder() {
    std::string pattern = (fs::temp_directory_path() / "kumquat-test-XXXXXX").string();
    path_ = mkdtemp(pattern.data());
}

TemporaryFolder::~TemporaryFolder() {
    std::error_code ignored;
    fs::remove_all(path_, ignored);
}

void TemporaryFolder::write(const std::string& name, const std::string& content) const {
    fs::create_directories((path_ / name).parent_path());
    std::ofstream(path_ / name, std::ios::binary) << content;
}

ServerTest::ServerTest() {
    spdlog::set_level(spdlog::level::off);
    config_.port = 0;
    config_.data_dir = data_.path().string();
    config_.threads = 2;
}

void ServerTest::start() {
    auto server = Server::start(config_);
    ASSERT_TRUE(server) << server.error().context;
    server_ = std::move(*server);
}

double ServerTest::metric(const std::string& name) const {
    const std::string text = "\n" + server_->metrics_text();
    const std::size_t found = text.find("\n" + name + " ");
    if (found == std::string::npos) {
        ADD_FAILURE() << "no metric " << name;
        return -1;
    }
    return std::strtod(text.c_str() + found + name.size() + 2, nullptr);
}

}  // namespace kumquat::server
