#include "ui/chat_menu.h"

#include "ui/profile_ui.h"

namespace kumquat::ui {

namespace {

proto::ConversationState state_of(const client::Model& model, const ConversationId& id) {
    const client::Conversation* conversation = model.find(id);
    return conversation != nullptr ? conversation->state : proto::ConversationState{};
}

}  // namespace

void ChatMenu::open(const ChatMenuWish& wish, bool header, double now_ms) {
    conversation_ = wish.conversation;
    header_ = header;
    menu_.open(wish.key, wish.anchor, now_ms);
}

std::vector<ChatMenu::Item> ChatMenu::items(const client::Model& model) const {
    const UserId& peer = conversation_.peer();
    bool friends = model.find_friend(peer) != nullptr;
    if (header_) {
        std::vector<Item> list = {Item::kProfile,    Item::kDate,       Item::kMute, Item::kPin,
                                  Item::kExportText, Item::kExportJson, Item::kBlock};
        if (friends) list.push_back(Item::kDeleteFriend);
        return list;
    }
    std::vector<Item> list = {Item::kPin};
    const client::Conversation* conversation = model.find(conversation_);
    if (conversation != nullptr && conversation->unread > 0) list.push_back(Item::kRead);
    list.push_back(Item::kMute);
    list.push_back(Item::kProfile);
    if (conversation != nullptr) list.push_back(Item::kDeleteChat);
    return list;
}

Str ChatMenu::label(const client::Model& model, Item item) const {
    proto::ConversationState state = state_of(model, conversation_);
    switch (item) {
        case Item::kPin:
            return state.pinned ? Str::row_unpin : Str::row_pin;
        case Item::kRead:
            return Str::row_read;
        case Item::kMute:
            return state.muted ? Str::row_unmute : Str::row_mute;
        case Item::kProfile:
            return Str::row_profile;
        case Item::kDate:
            return Str::date_title;
        case Item::kExportText:
            return Str::chat_export_text;
        case Item::kExportJson:
            return Str::chat_export_json;
        case Item::kBlock:
            return model.is_blocked(conversation_.peer()) ? Str::prof_unblock : Str::prof_block;
        case Item::kDeleteFriend:
            return Str::prof_delete;
        case Item::kDeleteChat:
            return Str::row_remove;
    }
    return Str::row_profile;
}

gfx::Icon ChatMenu::icon(Item item) {
    switch (item) {
        case Item::kPin:
            return gfx::Icon::kPin;
        case Item::kRead:
            return gfx::Icon::kCheck;
        case Item::kMute:
            return gfx::Icon::kMuted;
        case Item::kProfile:
            return gfx::Icon::kUser;
        case Item::kDate:
            return gfx::Icon::kCalendar;
        case Item::kExportText:
        case Item::kExportJson:
            return gfx::Icon::kExport;
        case Item::kBlock:
            return gfx::Icon::kBlock;
        case Item::kDeleteFriend:
        case Item::kDeleteChat:
            return gfx::Icon::kTrash;
    }
    return gfx::Icon::kMore;
}

ChatMenuResult ChatMenu::run(Frame& frame, Item item) const {
    ChatMenuResult result;
    const UserId& peer = conversation_.peer();
    proto::ConversationState state = state_of(frame.model, conversation_);
    switch (item) {
        case Item::kPin:
            frame.command(client::SetConversation{conversation_, !state.pinned, {}});
            break;
        case Item::kRead:
            frame.command(client::MarkConversationRead{conversation_});
            break;
        case Item::kMute:
            frame.command(client::SetConversation{conversation_, {}, !state.muted});
            break;
        case Item::kProfile:
            result.profile = peer;
            break;
        case Item::kDate:
            result.date = true;
            break;
        case Item::kExportText:
            frame.command(client::ExportChat{conversation_, client::ExportFormat::kText});
            break;
        case Item::kExportJson:
            frame.command(client::ExportChat{conversation_, client::ExportFormat::kJson});
            break;
        case Item::kBlock:
            if (frame.model.is_blocked(peer)) {
                frame.command(client::UnblockUser{peer});
            } else {
                result.question = ask_to_block(frame, peer);
            }
            break;
        case Item::kDeleteFriend:
            result.question = ask_to_delete_friend(frame, peer);
            break;
        case Item::kDeleteChat: {
            std::string name = frame.model.name_of(peer);
            result.question = Question{std::string(frame.str(Str::row_remove)),
                                       frame.str(Str::row_remove_ask, {{"name", name}}),
                                       std::string(frame.str(Str::row_remove)),
                                       client::DeleteConversation{conversation_}};
            break;
        }
    }
    return result;
}

ChatMenuResult ChatMenu::draw(Frame& frame) {
    if (!is_open()) return {};
    std::vector<Item> list = items(frame.model);
    std::vector<MenuItem> shown;
    for (Item item : list) {
        Str words = label(frame.model, item);
        bool danger =
            words == Str::prof_block || words == Str::prof_delete || words == Str::row_remove;
        shown.push_back({frame.str(words), icon(item), danger});
    }
    int used =
        menu_.draw(frame, frame.str(Str::row_menu), shown.data(), static_cast<int>(shown.size()));
    if (used < 0) return {};
    return run(frame, list[static_cast<std::size_t>(used)]);
}

}  // namespace kumquat::ui
