// set_reaction: a person puts an emoji under a message, or takes one's own away.
#include <algorithm>
#include <set>
#include <utility>

#include "base/limits.h"
#include "service/named_message.h"
#include "service/to_proto.h"

namespace kumquat::service {
namespace {

// Whether the message may have this emoji without having too many different ones.
bool kind_fits(const store::MessageRow& row, const std::string& emoji) {
    std::set<std::string> kinds{emoji};
    for (const store::ReactionPart& part : row.reactions)
        kinds.insert(part.emoji);
    return kinds.size() <= limits::kReactionKinds;
}

}  // namespace

Status check_set_reaction(const proto::SetReaction& request, Work& work) {
    KUMQUAT_TRY(check_place(request.conversation, request.seq, work));
    if (request.emoji.empty()) return Error{ErrorCode::kBadField, "emoji"};
    return check_length(request.emoji, limits::kReactionBytes, "emoji");
}

void keys_set_reaction(const proto::SetReaction& request, const Work& work, store::ReadKeys& keys) {
    add_relation(work, keys);
    add_message_keys(work, work.target, request.seq, keys);
}

Result<proto::Reply> apply_set_reaction(const proto::SetReaction& request, Run& run) {
    KUMQUAT_TRY_ASSIGN(NamedMessage found, find_whole_message(run, request.seq));
    const UserKey me = run.work.session->user;
    store::MessageRow& row = found.row;
    const store::ReactionPart mine{request.emoji, me};
    const auto at = std::find(row.reactions.begin(), row.reactions.end(), mine);
    if ((at != row.reactions.end()) == request.on)
        return proto::Reply(proto::SetReactionReply{to_proto(seen_message(run.rows, row, me), me)});
    KUMQUAT_TRY(check_not_blocked(run, found.peer.key));
    if (!request.on) {
        row.reactions.erase(at);
    } else if (kind_fits(row, request.emoji)) {
        row.reactions.push_back(mine);
    } else {
        return Error{ErrorCode::kTooManyReactions, "emoji"};
    }
    return proto::Reply(proto::SetReactionReply{change_message(run, found.peer, row)});
}

}  // namespace kumquat::service
