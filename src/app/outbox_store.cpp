#include "app/outbox_store.h"

#include <utility>
#include <vector>

#include "app/stored_codec.h"

namespace kumquat::app {

using platform::Record;
using platform::RecordChange;
using platform::RecordKind;

void OutboxStore::load(const client::LoadStored& effect,
                       std::function<void(client::StoredData)> done) {
    auto data = std::make_shared<client::StoredData>();
    data->user = effect.user;
    data->number = effect.number;
    const std::string& user = effect.user.text();
    // One after the other: two reads may answer in any order, and an outbox that looks empty would
    // make the client take its unsent messages for sent by another tab.
    storage_.load(user, RecordKind::kOutbox,
                  [this, user, data, done = std::move(done)](Result<std::vector<Record>> records) {
                      if (!records) data->available = false;
                      if (records) {
                          for (const Record& record : *records) {
                              auto entry = decode_outbox_entry(record.value);
                              if (entry) {
                                  data->outbox.push_back(*std::move(entry));
                              } else {
                                  // Not erased: whoever wrote it may come back and read it.
                                  ++data->unreadable;
                              }
                          }
                      }
                      load_drafts(user, data, done);
                  });
}

void OutboxStore::load_drafts(const std::string& user,
                              const std::shared_ptr<client::StoredData>& data,
                              const std::function<void(client::StoredData)>& done) {
    storage_.load(user, RecordKind::kDraft, [data, done](Result<std::vector<Record>> records) {
        if (!records) data->available = false;
        if (records) {
            for (Record& record : *records) {
                Result<ConversationId> id = ConversationId::parse(record.key);
                if (id) {
                    data->drafts.push_back({*std::move(id), std::move(record.value)});
                } else {
                    ++data->unreadable;
                }
            }
        }
        done(std::move(*data));
    });
}

void OutboxStore::store(const client::StoreOutboxEntry& effect, std::function<void(bool)> done) {
    storage_.apply(effect.user.text(),
                   {RecordChange{RecordKind::kOutbox, outbox_key(effect.entry.client_id),
                                 encode_outbox_entry(effect.entry)}},
                   [done = std::move(done)](const Status& status) { done(status.has_value()); });
}

void OutboxStore::remove(const client::RemoveOutboxEntry& effect) {
    // If it stays, the next sign-in sends it again under the same client id: the service knows it.
    storage_.apply(effect.user.text(),
                   {RecordChange{RecordKind::kOutbox, outbox_key(effect.client_id), std::nullopt}},
                   [](const Status&) {});
}

void OutboxStore::store_draft(const client::StoreDraft& effect) {
    std::optional<std::string> value;
    if (!effect.text.empty()) value = effect.text;
    // A draft that cannot be kept is still in the field.
    storage_.apply(effect.user.text(),
                   {RecordChange{RecordKind::kDraft, effect.conversation.text(), std::move(value)}},
                   [](const Status&) {});
}

void OutboxStore::erase(const UserId& user) {
    storage_.erase_user(user.text(), [](const Status&) {});
}

}  // namespace kumquat::app
