// A screen without a browser and without GL, for tests that look at draw lists.
#pragma once

#include <functional>
#include <map>
#include <string>
#include <vector>

#include "imgui.h"
#include <gtest/gtest.h>

#include "gfx/device.h"
#include "gfx/plate.h"
#include "gfx/screen.h"
#include "gfx/shader.h"
#include "gfx/shape_buffer.h"
#include "platform/headless/headless.h"

namespace kumquat::gfx {

/// Remembers the shapes and quads of the last frame.
class RecordingDevice : public NullDevice {
  public:
    void draw(const ImDrawData& data, const ShapeBuffer& shapes, Color background) override {
        NullDevice::draw(data, shapes, background);
        records = shapes.records();
        commands_count = 0;
        vertices.clear();
        plates.clear();
        indices.clear();
        for (int i = 0; i < data.CmdListsCount; ++i) {
            for (const ImDrawVert& vertex : data.CmdLists[i]->VtxBuffer)
                vertices.push_back(vertex);
            shader_ = Shader::kPage;
            for (const ImDrawCmd& command : data.CmdLists[i]->CmdBuffer)
                note(command);
        }
    }
    void note(const ImDrawCmd& command) {
        const Plate* plate = plate_of(command);
        if (plate != nullptr) plates.push_back(*plate);
        shader_ = shader_of(command).value_or(shader_);
        commands_count += command.ElemCount > 0 ? 1 : 0;
        indices[shader_] += static_cast<int>(command.ElemCount);
    }

    std::vector<ShapeRecord> records;
    std::vector<Plate> plates;
    std::vector<ImDrawVert> vertices;
    int commands_count = 0;
    /// How many are drawn by which shader; six make a quad.
    std::map<Shader, int> indices;

  private:
    Shader shader_ = Shader::kPage;
};

/// Remembers what is drawn into which texture.
class RecordingGlyphs : public platform::headless::PlainGlyphs {
  public:
    void draw(const platform::RasterJob& job) override {
        PlainGlyphs::draw(job);
        drawn.push_back(std::string(job.content));
        textures.push_back(job.texture);
        jobs.push_back(job);
    }
    std::vector<std::string> drawn;
    std::vector<std::uint32_t> textures;
    std::vector<platform::RasterJob> jobs;
};

class ScreenTest : public testing::Test {
  protected:
    ScreenTest() {
        environment.width_px = 800;
        environment.height_px = 600;
    }

    /// One frame with one window that fills the screen.
    bool frame(const std::function<void(Canvas&)>& draw) {
        now_ms += 16;
        screen.begin(environment, now_ms);
        ImGui::SetNextWindowPos({0, 0});
        ImGui::SetNextWindowSize({800, 600});
        ImGui::Begin("w", nullptr,
                     ImGuiWindowFlags_NoDecoration | ImGuiWindowFlags_NoBackground |
                         ImGuiWindowFlags_NoSavedSettings);
        Canvas canvas = screen.canvas(ImGui::GetWindowDrawList());
        canvas.push_clip({0, 0, 800, 600});
        draw(canvas);
        canvas.pop_clip();
        ImGui::End();
        return screen.end();
    }

    RecordingGlyphs glyphs;
    platform::headless::ScriptedLoader loader;
    RecordingDevice device;
    platform::EnvironmentState environment;
    Screen screen{&glyphs, &loader, &device};
    double now_ms = 0;
    TextStyle body{15, 22};
};

}  // namespace kumquat::gfx
