#include "sim/browser.h"

#include <algorithm>
#include <iterator>
#include <utility>

#include "sim/page.h"

namespace kumquat::sim {

// In the order of the effects, a little later; not at all if the page had died before.
void Browser::later(Page& page, std::function<void()> operation) {
    last_ms_ = std::max(last_ms_, queue_.now_ms() + rng_.between(0, rng_.percent(5) ? 300 : 5));
    queue_.at(last_ms_, [this, &page, operation = std::move(operation)] {
        if (!page.writes_lost_ms || *page.writes_lost_ms > queue_.now_ms()) operation();
    });
}

void Browser::died(Page& page) {
    page.writes_lost_ms = queue_.now_ms() + rng_.between(0, 10);
    pages_.erase(std::remove(pages_.begin(), pages_.end(), &page), pages_.end());
    std::vector<UserId> users;
    for (const auto& [user, waiting] : locks_)
        users.push_back(user);
    for (const UserId& user : users)
        carry_out(page, client::ReleaseOutbox{user});
}

void Browser::carry_out(Page& page, const client::LoadStored& effect) {
    later(page, [this, &page, effect] {
        client::StoredData data;
        data.user = effect.user;
        data.number = effect.number;
        for (const auto& [id, entry] : stored_[effect.user].outbox)
            data.outbox.push_back(entry);
        for (const auto& [id, text] : stored_[effect.user].drafts)
            data.drafts.push_back({id, text});
        page.input(
            [data](client::Client& client, client::Moment now) { client.on_stored(data, now); });
    });
}

void Browser::carry_out(Page& page, const client::StoreOutboxEntry& effect) {
    later(page, [this, &page, effect] {
        const ClientMessageId id = effect.entry.client_id;
        if (rng_.percent(full_percent)) {
            // That it has failed may be what could not be stored: then it is tried again, late.
            ledger_.retried(id);
            page.input([id](client::Client& client, client::Moment now) {
                client.on_store_failed(id, now);
            });
            return;
        }
        ledger_.kept(effect.user, effect.entry);
        stored_[effect.user].outbox[id] = effect.entry;
        if (effect.entry.picture) {
            const auto picture = pictures_.find(effect.entry.picture->key);
            if (picture != pictures_.end()) picture->second.message = id;
        }
        tell_others(page, effect.user);
    });
}

void Browser::carry_out(Page& page, const client::RemoveOutboxEntry& effect) {
    later(page, [this, &page, effect] {
        if (stored_[effect.user].outbox.erase(effect.client_id) == 0) return;
        ledger_.given_up(effect.user, effect.client_id);
        tell_others(page, effect.user);
    });
}

void Browser::carry_out(Page& page, const client::StoreDraft& effect) {
    later(page, [this, effect] {
        if (effect.text.empty()) {
            stored_[effect.user].drafts.erase(effect.conversation);
        } else {
            stored_[effect.user].drafts[effect.conversation] = effect.text;
        }
    });
}

void Browser::carry_out(Page& page, const client::EraseStored& effect) {
    later(page, [this, &page, effect] {
        const bool shared = std::any_of(pages_.begin(), pages_.end(), [&](const Page* other) {
            return other != &page && other->model().me.user_id == effect.user;
        });
        if (shared) return;
        stored_.erase(effect.user);
        for (auto it = pictures_.begin(); it != pictures_.end();)
            it = it->second.user == effect.user ? pictures_.erase(it) : std::next(it);
    });
}

void Browser::carry_out(Page& page, const client::ForgetPicture& effect) {
    later(page, [this, effect] {
        const auto picture = pictures_.find(effect.key);
        if (picture == pictures_.end()) return;
        if (picture->second.message) ledger_.given_up(effect.user, *picture->second.message);
        pictures_.erase(picture);
    });
}

void Browser::carry_out(Page& page, const client::HoldOutbox& effect) {
    auto& waiting = locks_[effect.user];
    if (std::find(waiting.begin(), waiting.end(), &page) != waiting.end()) return;
    waiting.push_back(&page);
    if (waiting.size() == 1) grant(effect.user);
}

void Browser::carry_out(Page& page, const client::ReleaseOutbox& effect) {
    auto& waiting = locks_[effect.user];
    const auto found = std::find(waiting.begin(), waiting.end(), &page);
    if (found == waiting.end()) return;
    const bool held = found == waiting.begin();
    waiting.erase(found);
    if (held && !waiting.empty()) grant(effect.user);
}

void Browser::grant(const UserId& user) {
    Page* page = locks_[user].front();
    queue_.after(rng_.between(0, 5), [this, page, user] {
        const auto& waiting = locks_[user];
        if (waiting.empty() || waiting.front() != page) return;
        page->input([user](client::Client& client, client::Moment now) {
            client.on_outbox_lock(user, true, now);
        });
    });
}

void Browser::tell_others(Page& page, const UserId& user) {
    for (Page* other : pages_) {
        if (other == &page || other->model().me.user_id != user) continue;
        queue_.after(rng_.between(0, 5), [other] {
            other->input(
                [](client::Client& client, client::Moment now) { client.on_outbox_changed(now); });
        });
    }
}

std::size_t Browser::unsent() const {
    std::size_t count = 0;
    for (const auto& [user, stored] : stored_) {
        for (const auto& [id, entry] : stored.outbox)
            count += entry.failed ? 0 : 1;
    }
    return count;
}

}  // namespace kumquat::sim
