// What queries share: people, members and messages as one reader sees them.
#pragma once

#include <map>
#include <vector>

#include "store/row_reader.h"
#include "store/stored_message.h"

namespace kumquat::store {

// Users met while a page is put together: the same few again and again.
class People {
  public:
    explicit People(RowReader& rows) : rows_(rows) {}

    const UserRow& user(UserKey key) {
        const auto known = users_.find(key);
        if (known != users_.end()) return known->second;
        return users_.emplace(key, rows_.user(key).value_or(UserRow{})).first->second;
    }

    StoredMessage seen(const MessageRow& row, UserKey reader) {
        if (rows_.hides(row.conversation, reader, row.seq))
            return deleted_message(row, user(row.sender).id);
        StoredMessage message{row, user(row.sender).id};
        if (row.reply_to) message.quote = quote(row.conversation, row.reply_to, reader);
        for (const ReactionPart& part : row.reactions)
            message.reacted.push_back(user(part.user).id);
        return message;
    }
    StoredQuote quote(ConversationKey conversation, Seq seq, UserKey reader) {
        const auto row = rows_.message(conversation, seq);
        const bool gone = !row || row->recalled || rows_.hides(conversation, reader, seq) ||
                          seq < own_member(conversation, reader).first_visible;
        return gone ? StoredQuote{seq} : quote_of(*row, user(row->sender).id);
    }
    std::vector<StoredQuote> pins(ConversationKey conversation, UserKey reader) {
        std::vector<StoredQuote> quotes;
        if (const auto row = rows_.conversation(conversation)) {
            for (const Seq seq : row->pins)
                quotes.push_back(quote(conversation, seq, reader));
        }
        return quotes;
    }

    /// `reader`'s own row of a conversation.
    const MemberRow& own_member(ConversationKey conversation, UserKey reader) {
        return members(conversation, reader).own;
    }
    const UserRow& other_member(ConversationKey conversation, UserKey reader) {
        return user(members(conversation, reader).other);
    }

  private:
    struct Members {
        MemberRow own;
        UserKey other;
    };

    // A page has one reader.
    const Members& members(ConversationKey conversation, UserKey reader) {
        const auto [found, fresh] = members_.try_emplace(conversation);
        Members& members = found->second;
        if (!fresh) return members;
        rows_.members(conversation, [&](const MemberRow& member) {
            if (member.user == reader) {
                members.own = member;
            } else {
                members.other = member.user;
            }
            return true;
        });
        return members;
    }

    RowReader& rows_;
    std::map<UserKey, UserRow> users_;
    std::map<ConversationKey, Members> members_;
};

}  // namespace kumquat::store
