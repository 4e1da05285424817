// localStorage, sessionStorage and IndexedDB.
#pragma once

#include <map>

#include "platform/storage.h"

namespace kumquat::platform::web {

class WebStorage : public Storage {
  public:
    std::optional<std::string> preference(std::string_view key) const override;
    Status set_preference(std::string_view key, std::string_view value) override;
    std::optional<std::string> tab_value(std::string_view key) const override;
    Status set_tab_value(std::string_view key, std::string_view value) override;
    void apply(const std::string& user, std::vector<RecordChange> changes, Done done) override;
    void load(const std::string& user, RecordKind kind, Loaded loaded) override;
    void erase_user(const std::string& user, Done done) override;

    /// `failure` as kq_store() has it; `block` holds the records of a load (key, value, each with
    /// its 32-bit length), or null.
    void on_answer(int request, int failure, std::string_view block);

  private:
    std::map<int, Done> writes_;
    std::map<int, Loaded> loads_;
    int next_request_ = 1;
};

}  // namespace kumquat::platform::web
