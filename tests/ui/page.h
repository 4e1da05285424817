// One page under test: the real app over the headless platform, and a service that answers from a
// short script. Controls are found by role and name, as a person with a screen reader would.
#pragma once

#include <map>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "app/app.h"
#include "gfx/device.h"
#include "platform/headless/headless.h"
#include "proto/codec.h"

namespace kumquat::uitest {

using platform::MirrorNode;
using platform::Role;

/// Answers what the page sends. Tests change what it knows.
class Service {
  public:
    explicit Service(platform::headless::HeadlessPlatform& world) : world_(world) {}
    /// Answers everything that was sent since the last call; true if there was anything.
    bool answer();
    void push(const proto::ServerFrame& frame);
    /// The number of the next event.
    FeedNumber next_number() { return FeedNumber(++number_); }
    /// A message of somebody else arrives.
    void receive(const std::string& from, const std::string& text);
    void receive_body(const std::string& from, const proto::Body& body);
    void add_friend(const std::string& id, const std::string& name);
    /// Somebody asks to be a friend.
    void ask(const std::string& id, const std::string& asker, const std::string& wording = {});
    /// Something about one's own account, a friend or a chat was changed on another device.
    void tell(decltype(proto::Event::what) what) { push(proto::Event{next_number(), what}); }
    proto::Account account() const;
    /// The last request of a kind that came in; null if none did.
    template <typename T>
    const T* last() const {
        for (auto at = requests.rbegin(); at != requests.rend(); ++at) {
            if (const T* found = std::get_if<T>(&at->request)) return found;
        }
        return nullptr;
    }
    template <typename T>
    int count() const {
        int found = 0;
        for (const proto::ClientFrame& frame : requests)
            found += std::holds_alternative<T>(frame.request);
        return found;
    }

    std::vector<proto::ClientFrame> requests;
    std::vector<proto::Friend> friends;
    std::vector<proto::SignInMode> modes{proto::SignInMode::kName};
    std::optional<ErrorCode> sign_in_error;
    std::optional<ErrorCode> resume_error;
    std::optional<ErrorCode> add_error;
    std::optional<ErrorCode> send_error;
    /// Answers whatever changes something about people, chats and sessions.
    std::optional<ErrorCode> task_error;
    std::map<std::string, proto::FriendRequest> received;
    std::map<std::string, proto::FriendRequest> sent;
    std::map<std::string, proto::Profile> blocked;
    std::map<std::string, proto::ConversationState> states;
    std::vector<proto::SessionInfo> sessions;
    /// Who may add the others.
    proto::AllowType peer_allow = proto::AllowType::kAny;
    std::string nick;
    /// The ID of one's own picture; empty: none.
    std::string avatar;
    proto::AllowType allow = proto::AllowType::kAny;
    bool friends_only = false;
    /// Send requests get no answer.
    bool silent_sends = false;
    std::string me;
    /// Answers whatever changes a message.
    std::optional<ErrorCode> change_error;
    /// A message of a chat, to be changed and told with tell_changed(); null if there is none.
    proto::Message* message(const std::string& peer, std::int64_t seq);
    void tell_changed(const std::string& peer, const proto::Message& message);
    /// Messages that were there before the page was.
    void add_history(const std::string& peer, int count, const std::string& text);
    /// History is given out in pages of this many.
    std::int64_t page_entries = 200;

  private:
    std::variant<proto::Reply, Error> reply_to(const proto::Request& request);
    /// service_people.cpp; nothing for requests about other things.
    std::optional<proto::Reply> reply_about_people(const proto::Request& request);
    std::optional<proto::Reply> reply_about_requests(const proto::Request& request);
    /// service_messages.cpp; nothing for requests about other things.
    std::optional<std::variant<proto::Reply, Error>> reply_about_messages(
        const proto::Request& request);
    std::variant<proto::Reply, Error> change(const proto::Request& request);
    proto::Quote quote_of(const proto::Message& message) const;
    proto::SearchMessagesReply search(const proto::SearchMessages& request) const;
    proto::GetHistoryReply page_of(const proto::GetHistory& request);
    proto::Friend make_friend(const std::string& id, const std::string& remark,
                              const std::string& group);
    void end_request(const std::string& id, bool incoming);
    std::vector<proto::Conversation> conversations_now() const;
    /// What is known of somebody: a friend's profile, else the ID.
    proto::Profile profile_of(const UserId& id) const;

    platform::headless::HeadlessPlatform& world_;
    std::size_t read_ = 0;
    /// By conversation, oldest first.
    std::map<std::string, std::vector<proto::Message>> history_;
    std::map<std::string, std::vector<proto::Quote>> pins_;
    std::int64_t number_ = 1;
};

class Page {
  public:
    explicit Page(int width = 1280, int height = 800, const std::string& language = "en");
    ~Page();

    void start();
    /// Lets time pass; the service answers meanwhile.
    void run(double ms = 100);
    /// Another tab of the same browser: what is kept for all tabs is there. The first one is
    /// closed.
    void new_tab();
    /// The same tab again: what it kept is there, everything else is not.
    void reload();
    /// Start, type the name, Enter, and the answer.
    void sign_in(const std::string& name);

    const MirrorNode* find(Role role, std::string_view name) const {
        return world.mirror.find(role, name);
    }
    /// A node whose name begins with `prefix`.
    const MirrorNode* find_prefix(Role role, std::string_view prefix) const;
    /// The message with a line of that text; null if there is none.
    const MirrorNode* article(std::string_view text) const;
    bool has(Role role, std::string_view name) const { return find(role, name) != nullptr; }
    /// Where a node of the last frame stands in the window.
    platform::Rect rect_of(const MirrorNode& node) const;
    platform::Point middle_of(const MirrorNode& node) const { return rect_of(node).center(); }
    /// A click of a mouse in the middle of a control. Fails the test if it is not there.
    void click(Role role, std::string_view name);
    void click_at(platform::Point point,
                  platform::PointerButton button = platform::PointerButton::kPrimary);
    /// The wheel under the mouse at `point`, physical pixels down.
    void wheel(platform::Point point, float down);
    /// Asks for the menu of a control, with the right button.
    void click_menu(Role role, std::string_view name);
    /// Enter or Space on a control that has the focus.
    void activate(Role role, std::string_view name);
    void key(platform::Key key);
    /// The field with that accessible name: its id; fails the test if it is not shown.
    std::string field(std::string_view label) const;
    void type(std::string_view label, std::string_view text);
    void enter(std::string_view label);
    /// What the last toast said; empty if there is none.
    std::string toast() const;
    /// Everything that the last frame says in words, for messages and assertions.
    std::string words() const;

    platform::headless::HeadlessPlatform world;
    Service service{world};

  private:
    gfx::NullDevice device_;
    std::unique_ptr<app::App> app_;
};

}  // namespace kumquat::uitest
