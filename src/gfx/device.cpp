#include "gfx/device.h"

#include "imgui.h"

namespace kumquat::gfx {

void NullDevice::update_texture(ImTextureData* texture) {
    if (texture->Status == ImTextureStatus_WantDestroy) {
        texture->SetTexID(ImTextureID_Invalid);
        texture->SetStatus(ImTextureStatus_Destroyed);
        return;
    }
    if (texture->Status == ImTextureStatus_WantCreate) texture->SetTexID(++textures_count_);
    texture->SetStatus(ImTextureStatus_OK);
}

void NullDevice::draw(const ImDrawData&, const ShapeBuffer&, Color) {
    ++frames_count_;
}

}  // namespace kumquat::gfx
