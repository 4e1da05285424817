// search_step(): a merge of all conversations of a reader, the newest message first.
#include <chrono>
#include <queue>

#include "base/fold.h"
#include "store/page_budget.h"
#include "store/people.h"
#include "store/queries.h"

namespace kumquat::store {
namespace {

// The time that a step may look.
class StepTime {
  public:
    explicit StepTime(std::int64_t ms) : end_(Clock::now() + std::chrono::milliseconds(ms)) {}
    bool over() const { return Clock::now() >= end_; }

  private:
    using Clock = std::chrono::steady_clock;
    Clock::time_point end_;
};

// Gives the messages below a place, the newest of all conversations first. A conversation costs
// nothing but its row until its turn comes.
class Merge {
  public:
    Merge(RowReader& rows, SearchPlace below) : rows_(rows), below_(below) {}

    void add(const MemberRow& member) {
        const auto row = rows_.conversation(member.conversation);
        if (!row || !row->last_seq || row->last_seq < member.first_visible) return;
        Source source{{row->last_time, row->key, row->last_seq}, member.first_visible};
        if (source.at >= below_ && !move_below(source)) return;
        sources_.push(source);
    }

    std::optional<SearchPlace> peek() const {
        if (sources_.empty()) return std::nullopt;
        return sources_.top().at;
    }
    /// The message at peek(), which must be one; the next one comes to its place.
    std::optional<MessageRow> take() {
        Source source = sources_.top();
        sources_.pop();
        auto message = rows_.message(source.at.conversation, source.at.seq);
        if (source.at.seq > source.first) {
            source.at.seq = Seq(source.at.seq.value() - 1);
            if (place(source)) sources_.push(source);
        }
        return message;
    }

  private:
    struct Source {
        SearchPlace at;
        Seq first;

        bool operator<(const Source& other) const { return at < other.at; }
    };

    // Finds the time of the message that the source stands at.
    bool place(Source& source) {
        const auto message = rows_.message(source.at.conversation, source.at.seq);
        if (message) source.at.time = message->time;
        return message.has_value();
    }

    // To the newest message below the place; false if there is none. Time never runs back in a
    // conversation.
    bool move_below(Source& source) {
        std::int64_t fits = source.first.value() - 1;
        std::int64_t too_new = source.at.seq.value();
        while (too_new - fits > 1) {
            Source middle = source;
            middle.at.seq = Seq(fits + (too_new - fits) / 2);
            if (!place(middle)) return false;
            (middle.at < below_ ? fits : too_new) = middle.at.seq.value();
        }
        source.at.seq = Seq(fits);
        return fits >= source.first.value() && place(source);
    }

    RowReader& rows_;
    const SearchPlace below_;
    std::priority_queue<Source> sources_;
};

bool is_hit(RowReader& rows, const SearchQuery& query, const MessageRow& row) {
    if (row.recalled || (query.from && row.sender != *query.from) ||
        (!query.type.empty() && row.type != query.type))
        return false;
    if (!query.text.empty() && fold_case(row.content).find(query.text) == std::string::npos)
        return false;
    return !rows.hides(row.conversation, query.viewer, row.seq);
}

SearchPlace start_of(const SearchQuery& query) {
    SearchPlace start{query.until ? query.until : TimeMs(kIntegerMax)};
    if (query.cursor && *query.cursor < start) start = *query.cursor;
    return start;
}

void add_conversations(RowReader& rows, const SearchQuery& query, Merge& merge) {
    if (!query.peer) {
        rows.memberships(query.viewer, ConversationKey(), [&](const MemberRow& member) {
            merge.add(member);
            return true;
        });
        return;
    }
    const auto peer = rows.user(*query.peer);
    const auto key = peer ? rows.direct(UserPair::of(query.viewer, peer->key)) : std::nullopt;
    const auto member = key ? rows.member(*key, query.viewer) : std::nullopt;
    if (member) merge.add(*member);
}

}  // namespace

SearchStep search_step(RowReader& rows, const SearchQuery& query) {
    const StepTime time(query.step_ms);
    SearchStep step;
    SearchPlace looked_at = start_of(query);
    Merge merge(rows, looked_at);
    add_conversations(rows, query, merge);
    People people(rows);
    PageBudget budget(query.limit, query.bytes_max, query.bytes_taken);
    bool progress = false;
    while (const auto place = merge.peek()) {
        if (place->time < query.since) return step;
        // Where the next step goes on, if this one ends before the message.
        step.next = looked_at;
        if (progress && time.over()) return step;
        const auto row = merge.take();
        if (row && is_hit(rows, query, *row)) {
            StoredHit hit{people.seen(*row, query.viewer),
                          people.other_member(row->conversation, query.viewer).id};
            step.full = !budget.take(encoded_bytes(hit));
            if (step.full) return step;
            step.hits.push_back(std::move(hit));
        }
        looked_at = *place;
        progress = true;
        step.next.reset();
    }
    return step;
}

}  // namespace kumquat::store
