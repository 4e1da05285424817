#include "ui/message_menu.h"

#include <algorithm>
#include <array>
#include <utility>

namespace kumquat::ui {

namespace {

constexpr std::array<std::string_view, 6> kQuickReactions = {"👍", "❤️", "😂", "😮", "😢", "🙏"};

bool has_own_reaction(const client::TimelineRow& row, std::string_view emoji) {
    return std::any_of(row.reactions.begin(), row.reactions.end(),
                       [emoji](const client::ReactionShown& reaction) {
                           return reaction.own && reaction.emoji == emoji;
                       });
}

}  // namespace

Question ask_to_delete(const Frame& frame, const ConversationId& conversation,
                       std::vector<Seq> seqs) {
    std::string name = frame.model.name_of(conversation.peer());
    return {std::string(frame.str(Str::msg_delete)),
            frame.str(Str::msg_delete_ask, {{"name", name}}),
            std::string(frame.str(Str::msg_delete_go)),
            client::Command(client::DeleteMessages{conversation, std::move(seqs)})};
}

void MessageMenu::open(MessageMenuWish wish, double now_ms) {
    menu_.open(wish.key, wish.bubble, now_ms);
    wish_ = std::move(wish);
}

/// The message has its place, and nobody is blocked who would have to hear of a change.
bool MessageMenu::can_change(const client::Model& model) const {
    return wish_.row.seq && !model.is_blocked(wish_.conversation.peer());
}

std::size_t MessageMenu::reactions_offered(const client::Model& model) const {
    return can_change(model) && model.reaction_kinds > 0 ? kQuickReactions.size() : 0;
}

std::vector<MessageMenu::Item> MessageMenu::items(const Frame& frame) const {
    const client::Model& model = frame.model;
    const client::TimelineRow& row = wish_.row;
    bool text = row.body_kind == client::BodyKind::kText;
    bool sent = static_cast<bool>(row.seq);
    std::vector<Item> list;
    if (can_change(model)) list.push_back(Item::kReply);
    if (text) list.push_back(Item::kCopy);
    // A mouse selects without being asked; of a finger a long press has brought this menu.
    if (text && frame.theme.touch) list.push_back(Item::kSelectText);
    if (can_change(model) && row.can_edit) list.push_back(Item::kEdit);
    if (sent && row.body_kind != client::BodyKind::kUnsupported) list.push_back(Item::kForward);
    if (can_change(model) && model.pins_max > 0) list.push_back(Item::kPin);
    if (sent) list.push_back(Item::kSelect);
    if (row.state == client::MessageState::kFailed && row.client_id) {
        list.push_back(Item::kRetry);
        list.push_back(Item::kDiscard);
    }
    if (row.can_recall) list.push_back(Item::kRecall);
    if (sent && model.deleted_at_once > 0) list.push_back(Item::kDelete);
    return list;
}

Str MessageMenu::label(Item item) const {
    switch (item) {
        case Item::kReply:
            return Str::msg_reply;
        case Item::kCopy:
            return Str::msg_copy;
        case Item::kEdit:
            return Str::msg_edit;
        case Item::kForward:
            return Str::msg_forward;
        case Item::kPin:
            return wish_.row.pinned ? Str::row_unpin : Str::row_pin;
        case Item::kSelect:
            return Str::msg_select;
        case Item::kSelectText:
            return Str::msg_select_text;
        case Item::kRetry:
            return Str::msg_retry;
        case Item::kRecall:
            return Str::msg_recall;
        case Item::kDelete:
            return Str::msg_delete;
        case Item::kDiscard:
            return Str::msg_discard;
    }
    return Str::msg_menu;
}

gfx::Icon MessageMenu::icon(Item item) {
    switch (item) {
        case Item::kReply:
            return gfx::Icon::kReply;
        case Item::kCopy:
            return gfx::Icon::kCopy;
        case Item::kEdit:
            return gfx::Icon::kEdit;
        case Item::kForward:
            return gfx::Icon::kForward;
        case Item::kPin:
            return gfx::Icon::kPin;
        case Item::kSelect:
            return gfx::Icon::kSelect;
        case Item::kSelectText:
            return gfx::Icon::kText;
        case Item::kRetry:
            return gfx::Icon::kRetry;
        case Item::kRecall:
            return gfx::Icon::kUndo;
        case Item::kDelete:
        case Item::kDiscard:
            return gfx::Icon::kTrash;
    }
    return gfx::Icon::kMore;
}

void MessageMenu::react(Frame& frame, std::string_view emoji) const {
    frame.command(client::SetReaction{wish_.conversation, wish_.row.seq, std::string(emoji),
                                      !has_own_reaction(wish_.row, emoji)});
}

MessageMenuResult MessageMenu::run(Frame& frame, Item item) const {
    using What = MessageMenuResult::What;
    const client::TimelineRow& row = wish_.row;
    switch (item) {
        case Item::kReply:
            return {What::kReply, row, {}};
        case Item::kEdit:
            return {What::kEdit, row, {}};
        case Item::kForward:
            return {What::kForward, row, {}};
        case Item::kSelect:
            return {What::kSelect, row, {}};
        case Item::kCopy:
            frame.actions.emplace_back(CopyText{row.body->content});
            break;
        case Item::kSelectText:
            frame.actions.emplace_back(SelectText{wish_.key});
            break;
        case Item::kPin:
            frame.command(client::PinMessage{wish_.conversation, row.seq, !row.pinned});
            break;
        case Item::kRetry:
            frame.command(client::RetryMessage{*row.client_id});
            break;
        case Item::kDiscard:
            frame.command(client::DiscardMessage{*row.client_id});
            break;
        case Item::kRecall:
            frame.command(client::RecallMessage{wish_.conversation, row.seq});
            break;
        case Item::kDelete:
            return {What::kNothing, {}, ask_to_delete(frame, wish_.conversation, {row.seq})};
    }
    return {};
}

MessageMenuResult MessageMenu::draw(Frame& frame) {
    if (!is_open()) return {};
    std::vector<std::string> names;
    std::vector<MenuItem> shown;
    std::size_t reactions = reactions_offered(frame.model);
    names.reserve(reactions);
    for (std::size_t i = 0; i < reactions; ++i) {
        std::string_view emoji = kQuickReactions[i];
        names.push_back(frame.str(Str::msg_react, {{"emoji", emoji}}));
        bool on = has_own_reaction(wish_.row, emoji);
        MenuItem reaction;
        reaction.label = names.back();
        reaction.checked = on ? platform::Tri::kTrue : platform::Tri::kFalse;
        reaction.emoji = emoji;
        shown.push_back(reaction);
    }
    std::vector<Item> list = items(frame);
    for (Item item : list) {
        bool danger = item == Item::kRecall || item == Item::kDelete || item == Item::kDiscard;
        shown.push_back({frame.str(label(item)), icon(item), danger});
    }
    int used =
        menu_.draw(frame, frame.str(Str::msg_menu), shown.data(), static_cast<int>(shown.size()));
    if (used < 0) return {};
    std::size_t at = static_cast<std::size_t>(used);
    if (at >= reactions) return run(frame, list[at - reactions]);
    react(frame, kQuickReactions[at]);
    return {};
}

}  // namespace kumquat::ui
