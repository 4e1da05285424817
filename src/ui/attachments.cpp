#include "ui/attachments.h"

#include <algorithm>
#include <utility>

namespace kumquat::ui {

bool Attachments::add(const ConversationId& conversation, std::string key, std::string name) {
    std::vector<Attachment>& all = waiting_[conversation];
    if (all.size() >= kMax) return false;
    Attachment& added = all.emplace_back();
    added.key = std::move(key);
    added.name = std::move(name);
    return true;
}

bool Attachments::set_ready(const client::LocalPicture& picture) {
    for (auto& [conversation, all] : waiting_) {
        for (Attachment& attachment : all) {
            if (attachment.key != picture.key) continue;
            attachment.ready = true;
            attachment.picture = picture;
            return true;
        }
    }
    return false;
}

std::string Attachments::remove(std::string_view key) {
    for (auto& [conversation, all] : waiting_) {
        auto found = std::find_if(all.begin(), all.end(),
                                  [&](const Attachment& one) { return one.key == key; });
        if (found == all.end()) continue;
        std::string name = std::move(found->name);
        all.erase(found);
        return name;
    }
    return {};
}

const std::vector<Attachment>& Attachments::of(const ConversationId& conversation) const {
    static const std::vector<Attachment> kNone;
    auto found = waiting_.find(conversation);
    return found == waiting_.end() ? kNone : found->second;
}

bool Attachments::all_ready(const ConversationId& conversation) const {
    const std::vector<Attachment>& all = of(conversation);
    return std::all_of(all.begin(), all.end(), [](const Attachment& one) { return one.ready; });
}

std::vector<client::LocalPicture> Attachments::take(const ConversationId& conversation) {
    std::vector<client::LocalPicture> pictures;
    for (Attachment& attachment : std::exchange(waiting_[conversation], {}))
        pictures.push_back(std::move(attachment.picture));
    waiting_.erase(conversation);
    return pictures;
}

std::vector<std::string> Attachments::clear() {
    std::vector<std::string> keys;
    for (auto& [conversation, all] : std::exchange(waiting_, {})) {
        for (Attachment& attachment : all)
            keys.push_back(std::move(attachment.key));
    }
    return keys;
}

}  // namespace kumquat::ui
