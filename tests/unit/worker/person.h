// A browser home with its host, and people who talk to it in frames.
#pragma once

#include <memory>
#include <optional>
#include <string>
#include <vector>

#include <gtest/gtest.h>
#include <nlohmann/json.hpp>

#include "worker/memory_host.h"

namespace kumquat::worker {

using Json = nlohmann::json;

/// A home that can be dropped and started again on its storage.
class Browser {
  public:
    Browser() { restart(); }

    /// Drops the home, if there is one, and starts another.
    void restart();
    /// Drops the home and makes one that has loaded nothing and is not started.
    void fresh();
    /// All of the world's rows; equal for equal worlds.
    std::string rows() const;

    Storage storage;
    std::unique_ptr<MemoryHost> host;
    std::unique_ptr<WorkerHome> home;
    ConnectionId last_connection;

  private:
    std::int64_t starts_ = 0;
};

/// One tab.
class Person {
  public:
    /// Connected and greeted.
    explicit Person(Browser& browser);

    /// Sends a request and gives the frame that answers it; null if none came.
    Json ask(const std::string& name, const Json& body);
    /// As ask(), but for a request that must succeed: the reply's body.
    Json must(const std::string& name, const Json& body);
    /// The session.
    std::string enter(const std::string& id);
    /// Sends a text to `peer`; the answering frame.
    Json say(const std::string& peer, const std::string& text);
    MemoryHost::Port& port() { return browser_.host->ports[connection_]; }
    ConnectionId connection() const { return connection_; }

  private:
    Browser& browser_;
    ConnectionId connection_;
    std::int64_t last_request_ = 0;
    std::int64_t last_message_ = 0;
    std::int64_t device_ = 0;
};

}  // namespace kumquat::worker
