#include "platform/web/web_local.h"

#include "platform/web/page_calls.h"

namespace kumquat::platform::web {
namespace {

constexpr int kRunningBit = 1;
constexpr int kEmptyBit = 2;

}  // namespace

bool WebLocal::running() const {
    return (kq_local_state() & kRunningBit) != 0;
}

bool WebLocal::empty() const {
    return (kq_local_state() & kEmptyBit) != 0;
}

void WebLocal::act(LocalAct act) {
    kq_local_act(static_cast<int>(act));
}

void WebLocal::open_tab(const std::string& fragment) {
    kq_local_open_tab(fragment.data(), size_of(fragment));
}

}  // namespace kumquat::platform::web
