// The page's beginning: everything is made once and lives as long as the page.
#include <memory>

#include "app/app.h"
#include "app/page/socket.h"
#include "gfx/gl/gl_device.h"
#include "platform/web/web_platform.h"

int main() {
    using namespace kumquat;
    static std::unique_ptr<platform::web::WebPlatform> web =
        platform::web::WebPlatform::create(app::make_socket());
    if (!web) return 0;  // the page says why
    static gfx::GlDevice device;
    static app::App app(web->platform(), device);
    web->on_graphics([] { device.on_context_lost(); },
                     [] {
                         device.on_context_restored();
                         app.on_device_restored();
                     });
    app.start();
    web->start();
    return 0;
}
