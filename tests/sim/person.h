// A person in front of a tab: writes, reads, adds friends, reloads, hides the page, signs out -
// whatever comes to mind.
#pragma once

#include <memory>
#include <string>
#include <vector>

#include "sim/page.h"

namespace kumquat::sim {

class Person {
  public:
    /// `peers`: whom the person knows of, whether they exist or not.
    Person(EventQueue& queue, Rng rng, Home& home, Browser& browser, Ledger& ledger,
           std::string name, std::vector<std::string> peers);

    /// Opens the tab, or reloads it.
    void reload();
    void close_tab();
    /// Something at random.
    void act();
    /// Does what gets the person to be signed in and looking; nothing if that is so.
    void come_back();

    Page& page() { return *page_; }
    const std::string& name() const { return name_; }
    Browser& browser() { return browser_; }
    bool settled() const;

  private:
    bool signed_in() const;
    UserId peer();
    /// A key of a map by user.
    template <typename Map>
    UserId any_of(const Map& people);
    void write();
    void send_pictures(const ConversationId& to);
    /// As it lies in the browser, which keeps it from now on.
    client::LocalPicture pick_picture();
    void add_friend();
    void look_around();
    /// Friend requests, friends, blocks, the own profile.
    void change_people();
    void change_friend();
    void change_profile();
    /// Pins, mutes, drafts, deletes a chat.
    void settle_chat();
    /// Answers, copies, recalls, edits, deletes, reacts, pins: something that is shown.
    void change_message();
    void look_at_sessions();
    void tidy_failed();

    EventQueue& queue_;
    Rng rng_;
    Home& home_;
    Browser& browser_;
    Ledger& ledger_;
    const std::string name_;
    const std::vector<std::string> peers_;
    TabStorage storage_;
    Page* page_ = nullptr;
    // Kept, because links and storage may still report to a page that has died.
    std::vector<std::unique_ptr<Page>> pages_;
    int written_ = 0;
    int changed_ = 0;
    const std::uint64_t salt_;
};

}  // namespace kumquat::sim
