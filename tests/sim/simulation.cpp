#include "sim/simulation.h"

#include <algorithm>
#include <cstdio>
#include <memory>
#include <numeric>
#include <set>

#include "sim/person.h"

namespace kumquat::sim {
namespace {

constexpr std::int64_t kSettleMaxMs = 400'000;

class Simulation {
  public:
    Simulation(std::uint64_t seed, bool verbose);
    RunResult run();

  private:
    void make_people();
    void people_act(std::size_t person);
    void world_acts();
    void break_something();
    void heal();
    /// What is still going on; empty: nothing.
    std::string unsettled();
    void compare();
    void compare_tab(Person& person);
    void compare_friends(Person& person, UserKey me);
    void compare_requests(Person& person, UserKey me);
    void compare_account(Person& person, const store::UserRow& me);
    void compare_conversation(Person& person, UserKey me, UserKey peer);
    void compare_history(Person& person, UserKey me, ConversationKey key,
                         const client::Conversation& shown);
    void read_everything();
    void compare_presence();
    void forget_pictures();
    void log(const std::string& what);

    const bool verbose_;
    EventQueue queue_;
    Rng rng_;
    StoreFaults store_faults_;
    NetworkFaults network_faults_;
    Home home_;
    Ledger ledger_;
    std::vector<UserId> users_;
    std::vector<std::unique_ptr<Browser>> browsers_;
    std::vector<std::unique_ptr<Person>> people_;
    std::int64_t chaos_until_ms_ = 0;
};

Simulation::Simulation(std::uint64_t seed, bool verbose)
    : verbose_(verbose),
      rng_(seed * 0x2545f4914f6cdd1du + 1),
      home_(
          queue_, rng_.fork(), store_faults_, network_faults_,
          [this](const std::string& what) { log(what); }, verbose),
      ledger_(home_.state()) {
    // What one run suffers from differs from the next: some are nearly calm, some suffer from
    // everything.
    store_faults_.delay_max_ms = rng_.percent(50) ? 20 : 2000;
    store_faults_.commit_fails_percent = rng_.percent(40) ? rng_.between(1, 20) : 0;
    store_faults_.read_fails_percent = rng_.percent(40) ? rng_.between(1, 20) : 0;
    store_faults_.stuck_per_mille = rng_.percent(30) ? 10 : 0;
    store_faults_.page_entries = rng_.percent(60) ? rng_.between(1, 5) : 0;
    network_faults_.delay_max_ms = rng_.percent(50) ? 30 : 1500;
    network_faults_.connect_fails_percent = rng_.percent(40) ? rng_.between(1, 40) : 0;
    network_faults_.unnoticed_max_ms = rng_.percent(50) ? 50 : 20'000;
    network_faults_.json = seed % 2 == 0;
    if (seed % 3 == 1) home_.use_worker();
}

void Simulation::log(const std::string& what) {
    if (verbose_)
        std::fprintf(stderr, "%8lld ms  %s\n", static_cast<long long>(queue_.now_ms()),
                     what.c_str());
}

void Simulation::make_people() {
    const std::int64_t users = rng_.between(2, 4);
    std::vector<std::string> names;
    for (std::int64_t i = 0; i < users; ++i)
        names.push_back("user" + std::to_string(i));
    for (const std::string& name : names) {
        users_.push_back(*UserId::parse(name));
        std::vector<std::string> peers;
        for (const std::string& other : names) {
            if (other != name) peers.push_back(other);
        }
        if (rng_.percent(20)) peers.push_back("ghost");
        const std::int64_t tabs = rng_.percent(40) ? 2 : 1;
        for (std::int64_t tab = 0; tab < tabs; ++tab) {
            // Two tabs of one browser share storage; two browsers do not.
            if (tab == 0 || rng_.percent(50))
                browsers_.push_back(std::make_unique<Browser>(queue_, rng_.fork(), ledger_));
            people_.push_back(std::make_unique<Person>(queue_, rng_.fork(), home_,
                                                       *browsers_.back(), ledger_, name, peers));
        }
    }
    if (rng_.percent(10)) {
        browsers_.front()->full_percent = 30;
        browsers_.front()->was_full = true;
    }
}

void Simulation::people_act(std::size_t person) {
    if (queue_.now_ms() >= chaos_until_ms_) return;
    people_[person]->act();
    queue_.after(rng_.between(1, 2500), [this, person] { people_act(person); });
}

void Simulation::world_acts() {
    if (queue_.now_ms() >= chaos_until_ms_) return;
    break_something();
    queue_.after(rng_.between(500, 12'000), [this] { world_acts(); });
}

void Simulation::break_something() {
    const std::int64_t what = rng_.below(100);
    if (what < 60) {
        const auto links = home_.live_links();
        if (links.empty()) return;
        log("a link is cut");
        return home_.cut(
            links[static_cast<std::size_t>(rng_.below(static_cast<std::int64_t>(links.size())))]);
    }
    if (what < 75) {
        log("all links are cut");
        for (const auto link : home_.live_links())
            home_.cut(link);
        return;
    }
    if (what < 80) {
        log("a day passes");
        home_.skip_day();
        return home_.pictures().sweep();
    }
    home_.crash();
    queue_.after(rng_.between(1, 8000), [this] { home_.start(); });
}

RunResult Simulation::run() {
    make_people();
    chaos_until_ms_ = rng_.between(10'000, 90'000);
    home_.start();
    for (std::size_t i = 0; i < people_.size(); ++i) {
        people_[i]->reload();
        queue_.after(rng_.between(1, 3000), [this, i] { people_act(i); });
    }
    queue_.after(rng_.between(1000, 20'000), [this] { world_acts(); });
    queue_.run_until(chaos_until_ms_ + 20'000);
    heal();
    if (!home_.storage_fault().empty()) ledger_.fail(home_.storage_fault());
    if (ledger_.failures().empty()) compare();
    if (ledger_.failures().empty()) read_everything();
    if (ledger_.failures().empty()) compare_presence();
    if (ledger_.failures().empty()) forget_pictures();
    return RunResult{ledger_.failures(), ledger_.acknowledged_count()};
}

// --- In the end
// ----------------------------------------------------------------------------------------------------

void Simulation::heal() {
    log("the world heals");
    store_faults_ = StoreFaults();
    store_faults_.delay_max_ms = 5;
    network_faults_.delay_max_ms = 10;
    network_faults_.connect_fails_percent = 0;
    network_faults_.unnoticed_max_ms = 10;
    for (auto& browser : browsers_)
        browser->full_percent = 0;
    home_.start();
    const std::int64_t give_up_ms = queue_.now_ms() + kSettleMaxMs;
    while (!unsettled().empty() && queue_.now_ms() < give_up_ms) {
        for (auto& person : people_)
            person->come_back();
        queue_.run_until(queue_.now_ms() + 2000);
    }
    if (const auto why = unsettled(); !why.empty()) ledger_.fail("the run does not settle: " + why);
    // What is still told by timers: marks, typing, retries.
    queue_.run_until(queue_.now_ms() + 60'000);
    if (const auto why = unsettled(); !why.empty())
        ledger_.fail("the run does not stay settled: " + why);
}

std::string Simulation::unsettled() {
    if (!home_.up() || !home_.idle()) return "the service is busy";
    for (const auto& person : people_) {
        if (!person->settled()) return person->name() + " is not signed in and up to date";
        for (const auto& [key, task] : person->page().model().tasks) {
            if (!task.error)
                return person->name() + " waits for task " +
                       std::to_string(static_cast<int>(key.task)) + " about " + key.about;
        }
        for (const auto& [id, conversation] : person->page().model().conversations) {
            for (const auto& echo : conversation.echoes) {
                if (echo.state == client::MessageState::kFailed) continue;
                // Another tab has failed it, and could not store that it has.
                if (echo.state == client::MessageState::kQueued && person->browser().was_full)
                    continue;
                return person->name() + " sees a message on its way to " + id.text() + ", state " +
                       std::to_string(static_cast<int>(echo.state)) + ": " +
                       echo.body->content.substr(0, 40);
            }
        }
    }
    for (const auto& browser : browsers_) {
        if (!browser->was_full && browser->unsent() != 0) return "an outbox is not empty";
    }
    return "";
}

void Simulation::compare() {
    ledger_.check_store(users_);
    ledger_.check_pictures(users_, home_.pictures(), /*swept=*/false);
    for (auto& person : people_)
        compare_tab(*person);
}

void Simulation::compare_tab(Person& person) {
    const auto me = home_.state().user(*UserId::parse(person.name()));
    if (!me) return ledger_.fail(person.name() + " has no account");
    compare_friends(person, me->key);
    compare_requests(person, me->key);
    compare_account(person, *me);
    for (const UserId& user : users_) {
        const auto peer = home_.state().user(user);
        if (peer && peer->key != me->key) compare_conversation(person, me->key, peer->key);
    }
}

void Simulation::compare_friends(Person& person, UserKey me) {
    std::set<std::string> stored;
    home_.state().friends(me, UserKey(), [&](const store::FriendRow& row) {
        const auto peer = home_.state().user(row.peer);
        stored.insert(peer->id.text() + "/" + peer->nick + "/" + peer->avatar.text() + "/" +
                      row.remark + "/" + row.group);
        // Nobody here asks for one way: whoever was accepted, how often ever, is a friend once.
        if (!home_.state().friend_row(row.peer, me))
            ledger_.fail(person.name() + " is a friend one way only");
        if (home_.state().friend_request(me, row.peer) ||
            home_.state().friend_request(row.peer, me))
            ledger_.fail(person.name() + " has a friend who waits to become one");
        return true;
    });
    std::set<std::string> shown;
    for (const auto& [id, contact] : person.page().model().friends)
        shown.insert(id.text() + "/" + contact.data.profile.nick + "/" +
                     contact.data.profile.avatar.text() + "/" + contact.data.remark + "/" +
                     contact.data.group);
    if (stored != shown) ledger_.fail(person.name() + " sees other friends than are stored");
}

void Simulation::compare_requests(Person& person, UserKey me) {
    auto& state = home_.state();
    std::set<std::string> stored;
    const auto text_of = [](const char* kind, const UserId& id, const std::string& remark,
                            bool read) {
        return kind + id.text() + "/" + remark + (read ? "/read" : "");
    };
    state.requests_to(me, UserKey(), [&](const store::FriendRequestRow& row) {
        stored.insert(text_of("from ", state.user(row.requester)->id, "", row.read));
        return true;
    });
    state.requests_from(me, UserKey(), [&](const store::FriendRequestRow& row) {
        stored.insert(text_of("to ", state.user(row.target)->id, row.remark, false));
        return true;
    });
    state.blocked(me, UserKey(), [&](const UserKey& peer) {
        stored.insert(text_of("blocked ", state.user(peer)->id, "", false));
        return true;
    });
    const auto& model = person.page().model();
    std::set<std::string> shown;
    for (const auto& [id, request] : model.received)
        shown.insert(text_of("from ", id, request.remark, request.read));
    for (const auto& [id, request] : model.sent)
        shown.insert(text_of("to ", id, request.remark, request.read));
    for (const auto& [id, profile] : model.blocked)
        shown.insert(text_of("blocked ", id, "", false));
    if (stored == shown) return;
    std::string what = person.name() + " sees other requests and blocks than are stored: sees";
    for (const auto& text : shown)
        what += " [" + text + "]";
    what += ", stored are";
    for (const auto& text : stored)
        what += " [" + text + "]";
    ledger_.fail(what);
}

void Simulation::compare_account(Person& person, const store::UserRow& me) {
    const auto& model = person.page().model();
    if (model.me.nick != me.nick || model.me.avatar != me.avatar ||
        model.friends_only != me.friends_only ||
        static_cast<int>(model.allow) != static_cast<int>(me.allow))
        ledger_.fail(person.name() + " sees another account of their own than is stored");
}

void Simulation::compare_conversation(Person& person, UserKey me, UserKey peer) {
    auto& state = home_.state();
    const ConversationId id = ConversationId::with(state.user(peer)->id);
    const std::string where = person.name() + " sees in " + id.text() + ": ";
    const auto key = state.direct(store::UserPair::of(me, peer));
    const auto* shown = person.page().model().find(id);
    if (!key) {
        if (shown != nullptr && shown->last_seq)
            ledger_.fail(where + "messages that are not stored");
        return;
    }
    const auto conversation = state.conversation(*key);
    const auto self = state.member(*key, me);
    const bool listed = conversation->last_seq >= self->first_visible;
    if (shown == nullptr) {
        if (listed) ledger_.fail(where + "nothing, although there are messages");
        return;
    }
    const auto differs = [&](const char* what, std::int64_t seen, std::int64_t is) {
        if (seen != is)
            ledger_.fail(where + what + " " + std::to_string(seen) + " where " +
                         std::to_string(is) + " is stored");
    };
    differs("last_seq", shown->last_seq.value(), conversation->last_seq.value());
    differs("unread", shown->unread, self->unread);
    differs("read_seq", shown->read_seq.value(), self->read.value());
    differs("first_seq", shown->state.first_seq.value(), self->first_visible.value());
    differs("pinned", shown->state.pinned, self->pinned);
    differs("muted", shown->state.muted, self->muted);
    differs("has_draft", shown->state.has_draft, self->has_draft);
    differs("peer_read_seq", shown->peer_read_seq.value(), state.member(*key, peer)->read.value());
    // The preview is the newest that the person has not deleted.
    Seq last = conversation->last_seq;
    while (last >= self->first_visible && state.hides(*key, me, last))
        last = Seq(last.value() - 1);
    const bool any = last && last >= self->first_visible;
    if (any ? shown->last_message == nullptr || shown->last_message->seq != last
            : shown->last_message != nullptr)
        ledger_.fail(where + "another last message");
    if (any && shown->last_message != nullptr &&
        shown->last_message->recalled != state.message(*key, last)->recalled)
        ledger_.fail(where + "a last message as it was before");
    const auto same_place = [](const proto::Quote& quote, Seq seq) { return quote.seq == seq; };
    if (!std::equal(shown->pins.begin(), shown->pins.end(), conversation->pins.begin(),
                    conversation->pins.end(), same_place))
        ledger_.fail(where + "other pins");
    if (listed && shown->peer.nick != state.user(peer)->nick) ledger_.fail(where + "another nick");
    compare_history(person, me, *key, *shown);
}

void Simulation::compare_history(Person& person, UserKey me, ConversationKey key,
                                 const client::Conversation& shown) {
    for (const auto& message : shown.timeline.messages()) {
        const auto row = home_.state().message(key, message->seq);
        const bool deleted = home_.state().hides(key, me, message->seq);
        const bool gone = row && (row->recalled || deleted);
        const auto add_users = [](std::int64_t sum, const proto::Reaction& reaction) {
            return sum + static_cast<std::int64_t>(reaction.users.size());
        };
        const std::int64_t reactions = std::accumulate(
            message->reactions.begin(), message->reactions.end(), std::int64_t{0}, add_users);
        // A device that has never seen it knows of a deleted message its place alone.
        if (!row || deleted != message->deleted ||
            (!deleted && (row->time != message->time || row->recalled != message->recalled)) ||
            (!gone && (row->content != message->body.content || row->edits != message->edits ||
                       static_cast<std::int64_t>(row->reactions.size()) != reactions))) {
            ledger_.fail(person.name() + " sees in " + shown.id.text() +
                         " another message at seq " + std::to_string(message->seq.value()));
        }
    }
}

// Every tab opens every conversation, scrolls to its beginning and reads it to its end.
void Simulation::read_everything() {
    for (auto& person : people_) {
        Page& page = person->page();
        page.command(client::SetVisible{true});
        std::vector<ConversationId> ids;
        for (const auto& [id, conversation] : page.model().conversations) {
            if (conversation.last_seq >= conversation.state.first_seq) ids.push_back(id);
        }
        for (const ConversationId& id : ids) {
            page.command(client::OpenConversation{id});
            queue_.run_until(queue_.now_ms() + 500);
            page.command(client::LoadNewest{id});
            queue_.run_until(queue_.now_ms() + 500);
            for (int pages = 0; pages < 50 && page.model().find(id)->timeline.older(); ++pages) {
                page.command(client::LoadOlder{id});
                queue_.run_until(queue_.now_ms() + 500);
            }
            const auto& shown = *page.model().find(id);
            const std::int64_t count = shown.last_seq.value() - shown.state.first_seq.value() + 1;
            if (static_cast<std::int64_t>(shown.timeline.messages().size()) != count) {
                ledger_.fail(person->name() + " cannot scroll through " + id.text() + ": " +
                             std::to_string(shown.timeline.messages().size()) + " of " +
                             std::to_string(count));
            }
            page.command(client::MarkVisible{id, shown.last_seq});
            queue_.run_until(queue_.now_ms() + 2000);
        }
    }
    queue_.run_until(queue_.now_ms() + 5000);
    compare();
    for (auto& person : people_) {
        if (person->page().model().unread_total() != 0)
            ledger_.fail(person->name() + " has read all and sees unread messages");
    }
}

// Everybody is there; then one user leaves for good, which shows after the grace period. Nobody
// sees anything of anybody across a block.
void Simulation::compare_presence() {
    const auto check = [this](const UserId& away) {
        for (auto& person : people_) {
            if (!person->page().alive()) continue;
            const UserKey me = home_.state().user(*UserId::parse(person->name()))->key;
            for (const auto& [id, contact] : person->page().model().friends) {
                const UserKey other = home_.state().user(id)->key;
                const bool there = id != away && !home_.state().blocks(me, other) &&
                                   !home_.state().blocks(other, me);
                if (contact.online != there)
                    ledger_.fail(person->name() + " sees " + id.text() +
                                 (there ? " offline" : " online"));
            }
        }
    };
    check(UserId());
    const UserId away = users_.front();
    for (auto& person : people_) {
        if (person->name() == away.text()) person->close_tab();
    }
    queue_.run_until(queue_.now_ms() + 5000);
    check(UserId());
    queue_.run_until(queue_.now_ms() + 20'000);
    check(away);
}

// What nothing names any more goes, and nothing else.
void Simulation::forget_pictures() {
    home_.skip_day();
    home_.pictures().sweep();
    queue_.run_until(queue_.now_ms() + 5000);
    ledger_.check_pictures(users_, home_.pictures(), /*swept=*/true);
}

}  // namespace

RunResult run_simulation(std::uint64_t seed, bool verbose) {
    return Simulation(seed, verbose).run();
}

}  // namespace kumquat::sim
