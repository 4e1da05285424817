// Every word the page shows, by key, in Chinese and English.
//
// One row per key with both texts, so a language cannot lack one. Page texts are chosen by error
// code here; what a server says in words is never shown.
#pragma once

#include <cstdint>
#include <initializer_list>
#include <string>
#include <string_view>

#include "base/error_code.h"

namespace kumquat::ui {

enum class Lang : std::uint8_t { kChinese, kEnglish };

// X(key, Chinese, English). {name}, {n} ... are filled in by fill().
#define KUMQUAT_STRINGS(X)                                                                         \
    X(app_name, "Kumquat", "Kumquat")                                                              \
    X(login_title, "登录", "Sign in")                                                              \
    X(login_sub_name, "第一次来？写个名字就能聊。", "New here? Any name will do.")                 \
    X(login_sub_key, "用你的 ID 和 UserSig 登录。", "Use your ID and your UserSig.")               \
    X(login_tagline, "说说话，就很好。", "A small, warm place to talk.")                           \
    X(login_tagline2, "小橙子的一对一聊天，文字、图片，打开网页就能用。",                          \
      "One-to-one chat with text and pictures, right in your browser.")                            \
    X(login_name, "名字", "Name")                                                                  \
    X(login_name_hint, "怎么称呼你", "What people call you")                                       \
    X(login_id, "用户 ID", "User ID")                                                              \
    X(login_id_hint, "字母、数字或符号，最长 32 位", "Letters, digits or signs, up to 32")         \
    X(login_id_shown, "ID：{id}", "ID: {id}")                                                      \
    X(login_id_change, "改", "Change")                                                             \
    X(login_id_change_a11y, "修改 ID", "Change ID")                                                \
    X(login_key, "UserSig", "UserSig")                                                             \
    X(login_key_hint, "粘贴 UserSig", "Paste your UserSig")                                        \
    X(login_key_hint_optional, "试用时可以留空", "Leave empty to try it out")                      \
    X(login_show, "显示 UserSig", "Show UserSig")                                                  \
    X(login_hide, "隐藏 UserSig", "Hide UserSig")                                                  \
    X(login_go, "登录", "Sign in")                                                                 \
    X(login_busy, "正在登录…", "Signing in…")                                                      \
    X(login_server_title, "连接到 {host}", "Connected to {host}")                                  \
    X(login_server_text, "账号和消息保存在这台服务器上。",                                         \
      "Your account and messages are kept on this server.")                                        \
    X(login_unreachable_title, "连不上 {host}", "Cannot reach {host}")                             \
    X(login_local_title, "正在这台设备上运行", "Running on this device")                           \
    X(login_local_text,                                                                            \
      "不连服务器，消息只留在这个浏览器里：别的浏览器和设备看不到，" \
      "用这个浏览器的人都能看到。"                                                    \
      "再开一个标签页，换个名字登录，就能对聊。",                                                  \
      "No server: messages stay in this browser. Other browsers and devices never see them, "      \
      "and whoever uses this browser can. Open a second tab, sign in with another name, and "      \
      "chat.")                                                                                     \
    X(login_local_unreachable, "聊天服务没有回应", "The chat service does not answer")             \
    X(login_local_unreachable_text, "它在这个浏览器里运行，稍后再试，或刷新网页。",                \
      "It runs in this browser. Try again, or reload the page.")                                   \
    X(login_import, "导入以前导出的数据", "Import exported data")                                  \
    X(login_stay, "保持登录", "Stay signed in")                                                    \
    X(login_people, "这台设备上登录过的人", "People who signed in here")                           \
    X(login_chip, "以{name}登录", "Sign in as {name}")                                             \
    X(login_err_name_empty, "请写个名字", "Enter a name")                                          \
    X(login_err_id_empty, "请填写用户 ID", "Enter a user ID")                                      \
    X(login_err_id_bad, "ID 只能用英文字母、数字和符号，最长 32 位",                               \
      "An ID can only have letters, digits and signs, up to 32")                                   \
    X(login_err_name_long, "名字太长了", "This name is too long")                                  \
    X(login_err_key_empty, "请填写 UserSig", "Enter your UserSig")                                 \
    X(login_err_key, "UserSig 不对", "The UserSig is wrong")                                       \
    X(login_err_key_other, "这个 UserSig 是给别的 ID 的", "This UserSig belongs to another ID")    \
    X(login_err_key_needed, "这个 ID 要用 UserSig 登录", "This ID needs its UserSig")              \
    X(login_err_expired, "UserSig 过期了，请换一个新的",                                           \
      "This UserSig has expired. Get a new one.")                                                  \
    X(login_err_mode, "这台服务器不支持这种登录方式",                                              \
      "This server does not offer this way to sign in")                                            \
    X(login_err_net, "连不上服务器，看看网络或稍后再试",                                           \
      "Cannot reach the server. Check the network or try later.")                                  \
    X(theme_system, "跟随系统", "System")                                                          \
    X(theme_light, "浅色", "Light")                                                                \
    X(theme_dark, "深色", "Dark")                                                                  \
    X(theme_button, "主题：{name}", "Theme: {name}")                                               \
    X(lang_other, "English", "中文")                                                               \
    X(lang_chinese, "中文", "中文")                                                                \
    X(lang_english, "English", "English")                                                          \
    X(chats_title, "聊天", "Chats")                                                                \
    X(chats_nav, "好友", "Friends")                                                                \
    X(search_hint, "搜索好友或聊天记录", "Search people and messages")                             \
    X(search_clear, "清除搜索", "Clear search")                                                    \
    X(search_people, "好友", "People")                                                             \
    X(search_none, "没有找到“{q}”", "Nothing found for \"{q}\"")                                   \
    X(search_by_id, "按 ID 添加", "Add by ID")                                                     \
    X(list_never, "还没聊过", "No messages yet")                                                   \
    X(list_groups, "按分组看好友", "Friends by group")                                             \
    X(list_no_group, "未分组", "In no group")                                                      \
    X(list_empty, "还没有好友", "No friends yet")                                                  \
    X(list_empty_sub, "知道对方的 ID 就能加", "All you need is their ID")                          \
    X(list_loading, "正在加载…", "Loading…")                                                       \
    X(second_title, "和自己聊聊看", "Chat with yourself")                                          \
    X(second_sub, "新标签页里是另一个人，已经和你是好友",                                          \
      "A new tab opens with a second person, your friend")                                         \
    X(second_go, "打开第二个标签页", "Open a second tab")                                          \
    X(second_name, "小橙子", "Mandarin")                                                           \
    X(second_wording, "我是你的第二个标签页", "Hi, this is your second tab")                       \
    X(preview_image, "[图片]", "Picture")                                                          \
    X(preview_other, "[这里显示不了的消息]", "Cannot be shown here")                               \
    X(preview_draft, "[草稿]", "Draft:")                                                           \
    X(preview_draft_elsewhere, "[草稿在别的设备上]", "Draft on another device")                    \
    X(preview_friends, "你们已经是好友了，打个招呼吧", "You are now friends. Say hello.")          \
    X(row_unread, "{n} 条未读", "{n} unread")                                                      \
    X(row_online, "在线", "online")                                                                \
    X(row_muted, "已静音", "muted")                                                                \
    X(row_pinned, "已置顶", "pinned")                                                              \
    X(row_menu, "聊天菜单", "Chat menu")                                                           \
    X(row_pin, "置顶", "Pin")                                                                      \
    X(row_unpin, "取消置顶", "Unpin")                                                              \
    X(row_read, "标为已读", "Mark as read")                                                        \
    X(row_mute, "静音", "Mute")                                                                    \
    X(row_unmute, "取消静音", "Unmute")                                                            \
    X(row_profile, "查看资料", "View profile")                                                     \
    X(row_remove, "删除聊天", "Delete chat")                                                       \
    X(row_remove_ask, "你和{name}的聊天记录会从你这里删掉，对方那里还在",                          \
      "Your messages with {name} are removed for you. They keep theirs.")                          \
    X(req_title, "好友请求", "Friend requests")                                                    \
    X(req_row, "好友请求，{n} 条新的", "Friend requests, {n} new")                                 \
    X(req_preview, "{name}想加你为好友", "{name} wants to be friends")                             \
    X(req_preview_sent, "发出 {n} 个，等对方确认", "Sent: {n}, waiting for a reply")               \
    X(req_received, "收到的", "Received")                                                          \
    X(req_sent, "发出的", "Sent")                                                                  \
    X(req_accept, "接受", "Accept")                                                                \
    X(req_accept_a11y, "接受{name}", "Accept {name}")                                              \
    X(req_refuse, "拒绝", "Decline")                                                               \
    X(req_refuse_a11y, "拒绝{name}", "Decline {name}")                                             \
    X(req_withdraw, "撤回", "Withdraw")                                                            \
    X(req_withdraw_a11y, "撤回给{name}的请求", "Withdraw the request to {name}")                   \
    X(req_waiting, "等待对方确认", "Waiting for a reply")                                          \
    X(req_accepted, "已接受{name}", "{name} accepted")                                             \
    X(req_refused, "已拒绝{name}", "{name} declined")                                              \
    X(req_withdrawn, "已撤回给{name}的请求", "Request to {name} withdrawn")                        \
    X(req_none, "没有待处理的请求", "No requests")                                                 \
    X(req_none_sub, "知道对方的 ID 就能加", "All you need is their ID")                            \
    X(add_title, "添加好友", "Add a friend")                                                       \
    X(add_id, "对方的用户 ID", "Their user ID")                                                    \
    X(add_open, "加了就能聊", "You can chat at once")                                              \
    X(add_confirm, "需要对方确认", "They confirm first")                                           \
    X(add_deny, "对方不接受好友请求", "They do not accept requests")                               \
    X(add_already, "已经是好友", "Already a friend")                                               \
    X(add_wording, "打个招呼", "Say hello")                                                        \
    X(add_wording_default, "我是{nick}", "Hi, this is {nick}")                                     \
    X(add_remark, "备注", "Remark")                                                                \
    X(add_remark_hint, "只有自己看得到", "Only you see it")                                        \
    X(add_group, "分组", "Group")                                                                  \
    X(add_group_default, "好友", "Friends")                                                        \
    X(add_group_hint, "不分组", "None")                                                            \
    X(add_one_way, "只加到我的列表", "Only in my list")                                            \
    X(add_go, "添加", "Add")                                                                       \
    X(add_go_ask, "发送请求", "Send request")                                                      \
    X(add_groups, "选择分组", "Choose a group")                                                    \
    X(add_busy, "正在添加…", "Adding…")                                                            \
    X(add_left, "还能写 {n} 字", "{n} left")                                                       \
    X(add_done, "已添加{name}", "{name} added")                                                    \
    X(add_sent, "请求已发出，等对方确认", "Request sent, waiting for a reply")                     \
    X(add_accepted, "{name}接受了你的好友请求", "{name} accepted your request")                    \
    X(add_err_empty, "请填写对方的 ID", "Enter their ID")                                          \
    X(add_err_unknown, "没有这个用户，检查一下 ID", "No such user. Check the ID.")                 \
    X(add_err_self, "不能添加自己", "You cannot add yourself")                                     \
    X(add_err_already, "你们已经是好友了", "You are friends already")                              \
    X(add_err_full, "你的好友已满", "Your friend list is full")                                    \
    X(add_err_peer_full, "对方的好友已满", "Their friend list is full")                            \
    X(add_err_deny, "对方不接受好友请求", "This person does not accept requests")                  \
    X(add_err_peer_blocked, "对方暂时无法添加", "This person cannot be added")                     \
    X(add_err_blocked, "你拉黑了对方，先解除才能添加", "You blocked this person. Unblock first.")  \
    X(add_err_requests, "对方待处理的请求太多，过几天再试",                                        \
      "They have too many open requests. Try later.")                                              \
    X(add_err_groups, "好友分组已经到上限了", "You have too many friend groups")                   \
    X(optional_mark, "选填", "optional")                                                           \
    X(cancel, "取消", "Cancel")                                                                    \
    X(save, "保存", "Save")                                                                        \
    X(skip, "跳过", "Skip")                                                                        \
    X(close, "关闭", "Close")                                                                      \
    X(chat_online, "在线", "Online")                                                               \
    X(chat_offline, "离线", "Offline")                                                             \
    X(chat_typing, "正在输入…", "typing…")                                                         \
    X(chat_hint, "发消息给{name}", "Message {name}")                                               \
    X(chat_send, "发送", "Send")                                                                   \
    X(chat_emoji, "表情", "Emoji")                                                                 \
    X(emoji_search, "搜索表情", "Search emoji")                                                    \
    X(emoji_recent, "最近使用", "Recent")                                                          \
    X(emoji_none, "没有找到表情", "No emoji found")                                                \
    X(emoji_loading, "正在加载表情…", "Loading emoji…")                                            \
    X(emoji_failed, "没能加载表情", "The emoji could not be loaded")                               \
    X(emoji_tones, "肤色", "Skin tone")                                                            \
    X(chat_back, "返回", "Back")                                                                   \
    X(chat_log, "与{name}的消息", "Messages with {name}")                                          \
    X(chat_composer, "写消息", "Composer")                                                         \
    X(chat_none, "选一位好友开始聊天", "Pick a friend to start chatting")                          \
    X(chat_none_sub, "也可以添加新的好友", "or add a new one")                                     \
    X(chat_first, "你们在 {date} 成为好友", "Friends since {date}")                                \
    X(chat_unread, "以下是新消息", "New messages")                                                 \
    X(chat_newest, "回到最新消息", "Go to newest")                                                 \
    X(chat_newest_n, "{n} 条新消息", "{n} new messages")                                           \
    X(stranger, "对方还不是你的好友", "Not a friend yet")                                          \
    X(stranger_add, "添加", "Add")                                                                 \
    X(stranger_block, "拉黑", "Block")                                                             \
    X(blocked, "你已拉黑对方", "You blocked this person")                                          \
    X(unblock, "解除", "Unblock")                                                                  \
    X(chat_more, "更多", "More")                                                                   \
    X(chat_export_text, "导出聊天（文本）", "Export chat as text")                                 \
    X(chat_export_json, "导出聊天（JSON）", "Export chat as JSON")                                 \
    X(chat_export_name, "与{name}的聊天", "Chat with {name}")                                      \
    X(chat_export_recalled, "（已撤回）", "(recalled)")                                            \
    X(chat_load_failed, "没能加载消息", "Messages could not be loaded")                            \
    X(chat_unsupported, "这里显示不了这条消息", "This message cannot be shown here")               \
    X(day_today, "今天", "Today")                                                                  \
    X(day_yesterday, "昨天", "Yesterday")                                                          \
    X(msg_sending, "发送中", "Sending")                                                            \
    X(msg_sent, "已发送", "Sent")                                                                  \
    X(msg_read, "已读", "Read")                                                                    \
    X(msg_failed, "没发出去", "Not sent")                                                          \
    X(msg_retry, "重试", "Try again")                                                              \
    X(msg_copy, "复制", "Copy")                                                                    \
    X(msg_discard, "删除", "Delete")                                                               \
    X(msg_reply, "回复", "Reply")                                                                  \
    X(msg_edit, "编辑", "Edit")                                                                    \
    X(msg_forward, "转发", "Forward")                                                              \
    X(msg_select, "多选", "Select")                                                                \
    X(msg_select_text, "选择文字", "Select text")                                                    \
    X(msg_recall, "撤回", "Recall")                                                                \
    X(msg_delete, "删除", "Delete for me")                                                         \
    X(msg_delete_ask, "删除后找不回来，{name}那里还在", "This cannot be undone. {name} keeps it.") \
    X(msg_delete_go, "删除", "Delete")                                                             \
    X(msg_react, "用 {emoji} 回应", "React with {emoji}")                                          \
    X(msg_reaction, "{emoji} {n}", "{emoji} {n}")                                                  \
    X(msg_edited, "已编辑", "edited")                                                              \
    X(msg_pinned, "已置顶", "pinned")                                                              \
    X(msg_forwarded, "转发的消息", "Forwarded")                                                    \
    X(msg_recalled_own, "你撤回了一条消息", "You recalled a message")                              \
    X(msg_recalled_peer, "{name}撤回了一条消息", "{name} recalled a message")                      \
    X(msg_rewrite, "重新编辑", "Edit again")                                                       \
    X(msg_gone, "原消息已经不在了", "This message is gone")                                        \
    X(quote_jump, "跳到{name}的消息：{text}", "Go to message from {name}: {text}")                 \
    X(reply_to, "回复{name}", "Reply to {name}")                                                   \
    X(reply_cancel, "取消回复", "Cancel reply")                                                    \
    X(edit_title, "编辑消息", "Edit message")                                                      \
    X(edit_cancel, "取消编辑", "Cancel editing")                                                   \
    X(edit_save, "保存", "Save")                                                                   \
    X(pin_title, "置顶消息", "Pinned message")                                                     \
    X(pin_title_n, "置顶消息 {i}/{n}", "Pinned message {i} of {n}")                                \
    X(pin_jump, "跳到置顶消息：{text}", "Go to pinned message: {text}")                            \
    X(select_count, "已选 {n} 条", "{n} selected")                                                 \
    X(select_cancel, "取消多选", "Cancel selection")                                               \
    X(select_bar, "多选", "Selected messages")                                                     \
    X(forward_title, "转发给", "Forward to")                                                       \
    X(people_search, "搜索好友", "Search friends")                                                \
    X(people_list, "好友", "Friends")                                                             \
    X(forward_go, "发送", "Send")                                                                  \
    X(forward_go_n, "发送给 {n} 人", "Send to {n}")                                                \
    X(forward_none, "没有可以转发的人", "Nobody to forward to")                                    \
    X(forward_done, "已转发", "Forwarded")                                                         \
    X(chat_search, "搜索聊天记录", "Search messages")                                              \
    X(chat_search_count, "{i} / {n}", "{i} / {n}")                                                 \
    X(chat_search_none, "没有找到", "No results")                                                  \
    X(chat_search_busy, "正在搜索…", "Searching…")                                                 \
    X(chat_search_failed, "没能搜索", "Search failed")                                             \
    X(chat_search_older, "上一条", "Older result")                                                 \
    X(chat_search_newer, "下一条", "Newer result")                                                 \
    X(chat_search_close, "关闭搜索", "Close search")                                               \
    X(filter_open, "筛选聊天记录", "Filter messages")                                              \
    X(filter_group, "筛选", "Filters")                                                             \
    X(filter_pictures, "只看图片", "Pictures")                                                     \
    X(filter_from, "发送人", "Sender")                                                             \
    X(filter_from_me, "我发的", "From me")                                                         \
    X(filter_from_name, "{name}发的", "From {name}")                                               \
    X(filter_anyone, "所有人", "Anyone")                                                           \
    X(filter_me, "我", "Me")                                                                       \
    X(filter_person, "选一位好友…", "Choose a friend…")                                            \
    X(filter_person_title, "谁发的", "Sent by")                                                    \
    X(filter_nobody, "还没有好友", "No friends yet")                                               \
    X(filter_days, "日期", "Date")                                                                 \
    X(filter_any_time, "不限时间", "Any time")                                                     \
    X(filter_week, "最近 7 天", "Past 7 days")                                                     \
    X(filter_month, "最近 30 天", "Past 30 days")                                                  \
    X(filter_year, "最近一年", "Past year")                                                        \
    X(filter_choose_days, "选择日期…", "Choose dates…")                                            \
    X(filter_since, "{date} 起", "Since {date}")                                                   \
    X(filter_until, "{date} 止", "Until {date}")                                                   \
    X(days_title, "选择日期", "Choose dates")                                                      \
    X(days_first, "从，如 2025-07-28", "From, like 2025-07-28")                                    \
    X(days_last, "到（含当天）", "To, that day included")                                          \
    X(days_bad, "早于开始日期", "Before the first day")                                            \
    X(days_go, "应用", "Apply")                                                                    \
    X(search_messages, "聊天记录", "Messages")                                                     \
    X(search_hit, "{name}，{time}：{text}", "{name}, {time}: {text}")                              \
    X(search_more, "加载更多", "Load more")                                                        \
    X(date_title, "跳到日期", "Jump to date")                                                      \
    X(date_field, "日期，如 2025-07-28", "Date, like 2025-07-28")                                  \
    X(date_bad, "写成 2025-07-28 这样", "Write it like 2025-07-28")                                \
    X(date_go, "跳转", "Go")                                                                       \
    X(err_recall_late, "超过两分钟，撤不回来了", "Too late: recall works for two minutes")         \
    X(err_edit_late, "时间太久，不能再编辑了", "Too late: this message can no longer be edited")   \
    X(err_edit_conflict, "这条消息刚在别处被改过", "This message was edited elsewhere just now")   \
    X(err_message_gone, "这条消息已经不在了", "This message is gone")                              \
    X(err_reactions_full, "这条消息的回应已经到上限了",                                            \
      "This message has as many reactions as it can have")                                         \
    X(err_pins_full, "置顶消息已经到上限了，先取消一条",                                           \
      "Too many pinned messages. Unpin one first.")                                                \
    X(msg_menu, "消息菜单", "Message menu")                                                        \
    X(msg_too_long, "还多 {n} 字", "{n} too many")                                                 \
    X(msg_err_refused, "对方拒收了你的消息", "Your message was refused")                           \
    X(msg_err_not_friend, "对方只收好友的消息", "They only take messages from friends")            \
    X(msg_err_unknown, "没有这个用户了", "This person is no longer here")                          \
    X(msg_new_a11y, "{name}：{text}", "{name}: {text}")                                            \
    X(msg_own_a11y, "我", "You")                                                                   \
    X(msg_copied, "已复制", "Copied")                                                              \
    X(msg_copy_failed, "没能复制", "Could not copy")                                               \
    X(set_title, "设置", "Settings")                                                               \
    X(set_open, "设置（{name}）", "Settings ({name})")                                             \
    X(set_look, "外观", "Appearance")                                                              \
    X(set_theme, "主题", "Theme")                                                                  \
    X(set_lang, "语言", "Language")                                                                \
    X(set_edit, "编辑", "Edit")                                                                    \
    X(set_edit_a11y, "编辑资料", "Edit profile")                                                   \
    X(set_privacy, "通知与隐私", "Notifications and privacy")                                      \
    X(set_sound, "新消息提示音", "Message sound")                                                  \
    X(set_notify, "桌面通知", "Desktop notifications")                                             \
    X(set_notify_denied, "在浏览器的网站设置里被关掉了", "Turned off in the browser settings")     \
    X(set_notify_missing, "这个浏览器给不了", "Not available in this browser")                     \
    X(set_allow, "谁可以加我", "Who can add me")                                                   \
    X(set_allow_any, "所有人", "Anyone")                                                           \
    X(set_allow_confirm, "需要我确认", "Ask me first")                                             \
    X(set_allow_deny, "不接受", "Nobody")                                                          \
    X(set_friends_only, "只收好友的消息", "Messages from friends only")                            \
    X(set_blocked, "黑名单", "Blocked people")                                                     \
    X(set_blocked_none, "没有拉黑任何人", "Nobody is blocked")                                     \
    X(set_unblock_a11y, "解除拉黑{name}", "Unblock {name}")                                        \
    X(set_sessions, "我的设备", "My devices")                                                      \
    X(sess_current, "这台设备", "This device")                                                     \
    X(sess_seen, "上次使用 {date}", "Last seen {date}")                                            \
    X(sess_unknown, "未命名的设备", "Unnamed device")                                              \
    X(sess_end, "退出", "Sign out")                                                                \
    X(sess_end_a11y, "让 {device} 退出登录", "Sign out {device}")                                  \
    X(sess_end_title, "退出那台设备", "Sign out there")                                            \
    X(sess_end_ask, "{device} 会退出登录，没发出的消息留在那里",                                   \
      "{device} is signed out. Unsent messages stay there.")                                       \
    X(prof_title, "资料", "Profile")                                                               \
    X(prof_nick, "昵称", "Name")                                                                   \
    X(prof_nick_hint, "怎么称呼你", "What people call you")                                        \
    X(prof_avatar, "更换头像", "Change picture")                                                   \
    X(prof_avatar_remove, "去掉头像", "Remove picture")                                            \
    X(prof_nick_is, "昵称：{name}", "Name: {name}")                                                \
    X(prof_copy_link, "复制名片链接", "Copy link")                                                 \
    X(prof_chat, "发消息", "Message")                                                              \
    X(prof_add, "添加好友", "Add friend")                                                          \
    X(prof_block, "拉黑", "Block")                                                                 \
    X(prof_unblock, "解除拉黑", "Unblock")                                                         \
    X(prof_delete, "删除好友", "Delete friend")                                                    \
    X(prof_delete_ask, "删除后，{name}会从你的好友里移除，聊天记录还在",                           \
      "{name} leaves your friend list. The messages stay.")                                        \
    X(prof_block_ask, "拉黑后，你不会再收到{name}的消息",                                          \
      "You will not get messages from {name} any more.")                                           \
    X(set_copy_id, "复制 ID", "Copy ID")                                                           \
    X(set_data, "本机数据", "Data on this device")                                                 \
    X(set_where, "这台设备", "on this device")                                                     \
    X(set_export, "导出数据", "Export data")                                                       \
    X(set_exported, "已导出", "Exported")                                                          \
    X(set_export_failed, "没能导出，请再试一次", "Could not export. Try again.")                   \
    X(set_wipe, "清空本机数据", "Erase data on this device")                                       \
    X(set_wipe_ask, "所有人的账号、好友、消息和图片都会删掉，找不回来",                            \
      "Accounts, friends, messages and pictures of everybody here are deleted for good.")          \
    X(set_wipe_failed, "没能清空，请再试一次", "Could not erase. Try again.")                      \
    X(import_done, "已导入，用原来的名字登录", "Imported. Sign in with a name from there.")        \
    X(import_damaged, "这个文件损坏或不完整，什么都没改",                                          \
      "This file is damaged or cut short. Nothing was changed.")                                   \
    X(import_newer, "这个文件是更新的版本导出的，请先刷新网页",                                    \
      "A newer version made this file. Reload the page first.")                                    \
    X(import_not_empty, "这里已经有数据了，清空以后才能导入",                                      \
      "There is data here already. Erase it before importing.")                                    \
    X(import_full, "存储空间不够，什么都没改",                                                     \
      "There is not enough storage. Nothing was changed.")                                         \
    X(import_failed, "没能导入，请再试一次", "Could not import. Try again.")                       \
    X(set_out, "退出登录", "Sign out")                                                             \
    X(set_out_ask, "还有 {n} 条消息没发出，退出后就没有了",                                        \
      "{n} messages are not sent yet. They are lost when you sign out.")                           \
    X(net_connecting, "连接中…", "Connecting…")                                                    \
    X(net_back, "已连接", "Connected")                                                             \
    X(net_offline, "连不上服务器，消息会在恢复后发出",                                             \
      "No connection. Messages go out when it is back.")                                           \
    X(net_retry_in, "{s} 秒后重试", "Trying again in {s} s")                                       \
    X(net_kicked, "你的账号在别处退出了登录", "This account was signed out elsewhere")             \
    X(net_expired, "登录过期了", "Your sign-in has expired")                                       \
    X(net_again, "重新登录", "Sign in again")                                                      \
    X(net_again_text, "没发出的消息和草稿都还在。", "Your drafts and unsent messages are kept.")   \
    X(net_reload, "这个标签页需要刷新", "This tab needs a reload")                                 \
    X(net_reload_text, "服务器已经更新。", "The server has been updated.")                         \
    X(net_reload_local, "别的标签页里运行着更新的版本。", "A newer version runs in another tab.")  \
    X(net_reload_go, "刷新", "Reload")                                                             \
    X(pic_attach, "发送图片", "Send a picture")                                                    \
    X(pic_caption, "说点什么", "Add a caption")                                                    \
    X(pic_waiting, "要发送的图片", "Pictures to send")                                             \
    X(pic_remove, "移除图片{name}", "Remove picture {name}")                                       \
    X(pic_preparing, "正在准备图片", "Preparing the picture")                                      \
    X(pic_drop, "松开发送图片", "Drop to send pictures")                                           \
    X(pic_name, "{name}发来的图片，{w} × {h}", "Picture from {name}, {w} by {h}")                  \
    X(pic_name_own, "我发的图片，{w} × {h}", "Picture from you, {w} by {h}")                       \
    X(pic_progress, "已上传 {p}%", "{p}% uploaded")                                                \
    X(pic_cancel, "取消上传", "Cancel upload")                                                     \
    X(pic_failed, "上传失败", "Upload failed")                                                     \
    X(pic_broken, "图片打不开", "This picture cannot be shown")                                    \
    X(pic_err_kind, "只能发 JPG、PNG、GIF、WebP 图片", "Only JPG, PNG, GIF and WebP pictures")     \
    X(pic_err_large, "图片要小于 20 MB", "Pictures must be under 20 MB")                           \
    X(pic_err_empty, "这个文件是空的", "This file is empty")                                       \
    X(pic_err_damaged, "图片损坏或尺寸太大",                                                       \
      "This picture is damaged or its dimensions are too large")                                   \
    X(pic_err_browser, "这个浏览器不让处理图片",                                                   \
      "This browser does not let pages change pictures")                                           \
    X(pic_err_many, "一次最多发 {n} 张图片", "At most {n} pictures at once")                       \
    X(pic_err_of, "{name}：{words}", "{name}: {words}")                                            \
    X(pic_not_kept, "这个浏览器不让保存图片，刷新后没传完的会丢失",                                \
      "This browser does not keep pictures. Reloading loses those not uploaded yet.")              \
    X(view_title, "图片", "Picture")                                                               \
    X(view_in, "放大", "Zoom in")                                                                  \
    X(view_out, "缩小", "Zoom out")                                                                \
    X(view_save, "保存", "Save")                                                                   \
    X(view_close, "关闭", "Close")                                                                 \
    X(view_previous, "上一张", "Previous picture")                                                 \
    X(view_next, "下一张", "Next picture")                                                         \
    X(stored_unreadable, "这里存着读不了的未发内容（{n}），会原样留着",                            \
      "Something unsent stored here cannot be read ({n}). It is kept.")                            \
    X(storage_failed, "这个浏览器不让保存，刷新后没发出的消息会丢失",                              \
      "This browser does not keep data. Unsent messages are lost on reload.")                      \
    X(err_generic, "出了点问题（{code}）", "Something went wrong ({code})")                        \
    X(err_busy, "服务器有点忙，稍后再试", "The server is busy. Try again later.")                  \
    X(err_often, "操作太频繁，歇一会儿再试", "Too many tries. Wait a moment.")                     \
    X(err_offline, "连不上服务器，恢复后再试", "No connection. Try again when it is back.")        \
    X(err_request_gone, "这个请求已经不在了", "This request is gone")                              \
    X(err_not_friend, "你们已经不是好友了", "You are no longer friends")                           \
    X(err_block_full, "黑名单已经到上限了", "You have blocked too many people")                    \
    X(err_session_gone, "那台设备已经退出了", "That device is signed out already")                 \
    X(err_saved_not, "服务器没能保存，请再试一次", "The server could not save this. Try again.")

enum class Str : std::uint16_t {
#define KUMQUAT_X(key, zh, en) key,
    KUMQUAT_STRINGS(KUMQUAT_X)
#undef KUMQUAT_X
};

std::string_view text(Lang lang, Str key);

/// A name in braces of a text, and what to put there.
struct Fill {
    std::string_view name;
    std::string_view value;
};
/// The text with every {name} replaced. Where a Han character meets a digit or a western letter, a
/// blank is put between them.
std::string fill(Lang lang, Str key, std::initializer_list<Fill> values);

/// "zh..." is Chinese, everything else English. `language` is BCP 47.
Lang language_from(std::string_view language);
/// BCP 47 of a language of ours: for <html lang> and Intl.
std::string_view language_tag(Lang lang);

/// What was tried when an error came back: the same number means different words. kTask: any of
/// client::Task. kChangeMessage: a recall, an edit and the like.
enum class Attempt : std::uint8_t { kSignIn, kAddFriend, kSendMessage, kTask, kChangeMessage };
/// The words for `code`. kAddFriend with kFriendRefused says "already friends"; oneself is told by
/// the pane, which knows who that is.
Str error_words(Attempt attempt, ErrorCode code);
/// Why a picture was refused before it was sent.
Str picture_error_words(ErrorCode code);
/// error_words() with the number filled in where it stands for itself.
std::string error_sentence(Lang lang, Attempt attempt, ErrorCode code);

/// A non-negative integer as decimal text.
std::string number_text(std::int64_t value);

}  // namespace kumquat::ui
