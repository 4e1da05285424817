// Sessions that people have asked this browser to keep for new tabs. Every look reads what is
// stored now: other tabs keep and forget too.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "client/core/stored.h"
#include "platform/storage.h"
#include "ui/login_ui.h"

namespace kumquat::app {

class KeptSessions {
  public:
    explicit KeptSessions(platform::Storage& storage) : storage_(storage) {}

    std::optional<client::StoredSession> find(std::string_view user_id) const;
    /// In place of the one that was kept for the same person.
    void keep(const client::StoredSession& session);
    void forget_user(std::string_view user_id);
    void forget_token(std::string_view token);
    /// Forgets those of everybody who is not among `people`, and notes in `people` who has one.
    void follow(std::vector<ui::RememberedPerson>& people);

  private:
    std::vector<client::StoredSession> read() const;
    template <typename Condition>
    void forget_if(Condition condition);
    void write(const std::vector<client::StoredSession>& sessions);

    platform::Storage& storage_;
};

}  // namespace kumquat::app
