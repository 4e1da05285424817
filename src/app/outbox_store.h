// Carries out the client's storage effects: outbox and drafts in the browser's store, the session
// in the tab's own.
#pragma once

#include <functional>
#include <memory>
#include <string>

#include "client/core/effect.h"
#include "client/core/stored.h"
#include "platform/storage.h"

namespace kumquat::app {

class OutboxStore {
  public:
    explicit OutboxStore(platform::Storage& storage) : storage_(storage) {}

    /// Reads outbox, then drafts; `done` gets them, or "not available". Records that cannot be read
    /// are counted and left as they are.
    void load(const client::LoadStored& effect, std::function<void(client::StoredData)> done);
    void store(const client::StoreOutboxEntry& effect, std::function<void(bool)> done);
    void remove(const client::RemoveOutboxEntry& effect);
    void store_draft(const client::StoreDraft& effect);
    void erase(const UserId& user);

  private:
    void load_drafts(const std::string& user, const std::shared_ptr<client::StoredData>& data,
                     const std::function<void(client::StoredData)>& done);

    platform::Storage& storage_;
};

}  // namespace kumquat::app
