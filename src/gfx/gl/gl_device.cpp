#include "gfx/gl/gl_device.h"

#include <algorithm>
#include <cstddef>
#include <cstdio>
#include <cstring>
#include <optional>
#include <string_view>
#include <utility>

#include "imgui.h"
#include <GLES3/gl3.h>

#include "base/check.h"
#include "gfx/gl/shaders.h"
#include "gfx/plate.h"
#include "gfx/shader.h"
#include "gfx/shape_buffer.h"

namespace kumquat::gfx {
namespace {

constexpr int kTexelsPerShape = 4;
constexpr int kShapeTextureWidth = ShapeBuffer::kShapesPerRow * kTexelsPerShape;
constexpr int kShapeTextureHeight = ShapeBuffer::kShapesMax / ShapeBuffer::kShapesPerRow;
// CONTEXT_LOST_WEBGL, WebGL 1.0 specification, 5.14.
constexpr GLenum kContextLost = 0x9242;
constexpr GLint kPictureUnit = 0;
constexpr GLint kShapesUnit = 1;

GLuint compile(GLenum type, std::string_view source) {
    GLuint shader = glCreateShader(type);
    const char* text = source.data();
    GLint length = static_cast<GLint>(source.size());
    glShaderSource(shader, 1, &text, &length);
    glCompileShader(shader);
    return shader;
}

// A shader that does not compile is our own broken promise: the tests compile the same text.
void check_linked(GLuint program, GLuint vertex, GLuint fragment) {
    GLint linked = GL_FALSE;
    glGetProgramiv(program, GL_LINK_STATUS, &linked);
    if (linked == GL_TRUE) return;
    char log[512];
    for (GLuint shader : {vertex, fragment}) {
        glGetShaderInfoLog(shader, sizeof log, nullptr, log);
        std::fprintf(stderr, "shader: %s\n", log);
    }
    glGetProgramInfoLog(program, sizeof log, nullptr, log);
    std::fprintf(stderr, "program: %s\n", log);
    KUMQUAT_CHECK(linked == GL_TRUE);
}

GLuint make_texture(GLint filter) {
    GLuint texture = 0;
    glGenTextures(1, &texture);
    glBindTexture(GL_TEXTURE_2D, texture);
    glTexParameteri(GL_TEXTURE_2D, GL_TEXTURE_MIN_FILTER, filter);
    glTexParameteri(GL_TEXTURE_2D, GL_TEXTURE_MAG_FILTER, filter);
    glTexParameteri(GL_TEXTURE_2D, GL_TEXTURE_WRAP_S, GL_CLAMP_TO_EDGE);
    glTexParameteri(GL_TEXTURE_2D, GL_TEXTURE_WRAP_T, GL_CLAMP_TO_EDGE);
    return texture;
}

void set_clear_color(Color color) {
    glClearColor(static_cast<float>(color.r) / 255, static_cast<float>(color.g) / 255,
                 static_cast<float>(color.b) / 255, 1);
}

}  // namespace

GlDevice::GlDevice() {
    glGetIntegerv(GL_MAX_TEXTURE_SIZE, &texture_size_max_);
    create_objects();
    ready_ = true;
}

GlDevice::~GlDevice() {
    if (!ready_) return;
    glDeleteProgram(page_.name);
    glDeleteProgram(soft_.name);
    glDeleteVertexArrays(1, &vertex_array_);
    glDeleteBuffers(1, &vertex_buffer_);
    glDeleteBuffers(1, &index_buffer_);
    glDeleteTextures(1, &shape_texture_);
}

GlDevice::Program GlDevice::make_program(std::string_view fragment_source) {
    GLuint vertex = compile(GL_VERTEX_SHADER, kPageVert);
    GLuint fragment = compile(GL_FRAGMENT_SHADER, fragment_source);
    GLuint program = glCreateProgram();
    glAttachShader(program, vertex);
    glAttachShader(program, fragment);
    glLinkProgram(program);
    // A context can be lost at any moment, and then nothing links: that is not our mistake.
    if (glGetError() != kContextLost) check_linked(program, vertex, fragment);
    glDeleteShader(vertex);
    glDeleteShader(fragment);
    glUseProgram(program);
    glUniform1i(glGetUniformLocation(program, "u_texture"), kPictureUnit);
    glUniform1i(glGetUniformLocation(program, "u_shapes"), kShapesUnit);
    return {program, glGetUniformLocation(program, "u_size")};
}

void GlDevice::create_objects() {
    page_ = make_program(kPageFrag);
    soft_ = make_program(kSoftFrag);

    glGenVertexArrays(1, &vertex_array_);
    glBindVertexArray(vertex_array_);
    glGenBuffers(1, &vertex_buffer_);
    glGenBuffers(1, &index_buffer_);
    glBindBuffer(GL_ARRAY_BUFFER, vertex_buffer_);
    glBindBuffer(GL_ELEMENT_ARRAY_BUFFER, index_buffer_);
    auto offset = [](std::size_t bytes) { return reinterpret_cast<const void*>(bytes); };
    for (GLuint location : {0u, 1u, 2u})
        glEnableVertexAttribArray(location);
    glVertexAttribPointer(0, 2, GL_FLOAT, GL_FALSE, sizeof(ImDrawVert),
                          offset(offsetof(ImDrawVert, pos)));
    glVertexAttribPointer(1, 2, GL_FLOAT, GL_FALSE, sizeof(ImDrawVert),
                          offset(offsetof(ImDrawVert, uv)));
    glVertexAttribPointer(2, 4, GL_UNSIGNED_BYTE, GL_TRUE, sizeof(ImDrawVert),
                          offset(offsetof(ImDrawVert, col)));

    glActiveTexture(GL_TEXTURE0 + kShapesUnit);
    shape_texture_ = make_texture(GL_NEAREST);
    glTexStorage2D(GL_TEXTURE_2D, 1, GL_RGBA32UI, kShapeTextureWidth, kShapeTextureHeight);
    glActiveTexture(GL_TEXTURE0 + kPictureUnit);
}

void GlDevice::update_texture(ImTextureData* texture) {
    if (texture->Status == ImTextureStatus_WantDestroy) {
        GLuint name = static_cast<GLuint>(texture->TexID);
        if (name != 0) glDeleteTextures(1, &name);
        texture->SetTexID(ImTextureID_Invalid);
        texture->SetStatus(ImTextureStatus_Destroyed);
        return;
    }
    glActiveTexture(GL_TEXTURE0 + kPictureUnit);
    if (texture->Status == ImTextureStatus_WantCreate) {
        GLuint name = make_texture(GL_LINEAR);
        glTexImage2D(GL_TEXTURE_2D, 0, GL_RGBA, texture->Width, texture->Height, 0, GL_RGBA,
                     GL_UNSIGNED_BYTE, texture->GetPixels());
        texture->SetTexID(name);
    } else {
        glBindTexture(GL_TEXTURE_2D, static_cast<GLuint>(texture->TexID));
        for (const ImTextureRect& rect : texture->Updates) {
            std::size_t pitch = static_cast<std::size_t>(rect.w) * 4;
            scratch_.resize(pitch * rect.h);
            for (int y = 0; y < rect.h; ++y) {
                std::memcpy(scratch_.data() + pitch * static_cast<std::size_t>(y),
                            texture->GetPixelsAt(rect.x, rect.y + y), pitch);
            }
            glTexSubImage2D(GL_TEXTURE_2D, 0, rect.x, rect.y, rect.w, rect.h, GL_RGBA,
                            GL_UNSIGNED_BYTE, scratch_.data());
        }
    }
    texture->SetStatus(ImTextureStatus_OK);
}

std::uint32_t GlDevice::make_picture() {
    glActiveTexture(GL_TEXTURE0 + kPictureUnit);
    return make_texture(GL_LINEAR);
}

void GlDevice::drop_picture(std::uint32_t texture) {
    GLuint name = texture;
    if (ready_) glDeleteTextures(1, &name);
}

void GlDevice::upload_shapes(const ShapeBuffer& shapes) {
    std::size_t count = shapes.records().size();
    if (count == 0) return;
    glActiveTexture(GL_TEXTURE0 + kShapesUnit);
    glBindTexture(GL_TEXTURE_2D, shape_texture_);
    std::size_t rows = (count + ShapeBuffer::kShapesPerRow - 1) / ShapeBuffer::kShapesPerRow;
    // Whole rows: the last one is filled up with whatever was there.
    scratch_.resize(rows * ShapeBuffer::kShapesPerRow * sizeof(ShapeRecord));
    std::memcpy(scratch_.data(), shapes.records().data(), count * sizeof(ShapeRecord));
    glTexSubImage2D(GL_TEXTURE_2D, 0, 0, 0, kShapeTextureWidth, static_cast<GLsizei>(rows),
                    GL_RGBA_INTEGER, GL_UNSIGNED_INT, scratch_.data());
    glActiveTexture(GL_TEXTURE0 + kPictureUnit);
}

void GlDevice::draw(const ImDrawData& data, const ShapeBuffer& shapes, Color background) {
    int width = static_cast<int>(data.DisplaySize.x);
    int height = static_cast<int>(data.DisplaySize.y);
    if (width <= 0 || height <= 0) return;
    glViewport(0, 0, width, height);
    glDisable(GL_SCISSOR_TEST);
    set_clear_color(background);
    glClear(GL_COLOR_BUFFER_BIT);
    current_ = {};
    current_.clear_color = background;

    upload_shapes(shapes);
    for (const Program& program : {soft_, page_}) {
        glUseProgram(program.name);
        glUniform2f(program.size_location, data.DisplaySize.x, data.DisplaySize.y);
        current_.program = program.name;
    }
    glEnable(GL_BLEND);
    glBlendFuncSeparate(GL_SRC_ALPHA, GL_ONE_MINUS_SRC_ALPHA, GL_ONE, GL_ONE_MINUS_SRC_ALPHA);
    glEnable(GL_SCISSOR_TEST);
    glBindVertexArray(vertex_array_);
    glBindBuffer(GL_ARRAY_BUFFER, vertex_buffer_);
    for (int i = 0; i < data.CmdListsCount; ++i)
        draw_list(data, i);
}

void GlDevice::draw_list(const ImDrawData& data, int list_index) {
    const ImDrawList& list = *data.CmdLists[list_index];
    glBufferData(GL_ARRAY_BUFFER, list.VtxBuffer.size_in_bytes(), list.VtxBuffer.Data,
                 GL_STREAM_DRAW);
    glBufferData(GL_ELEMENT_ARRAY_BUFFER, list.IdxBuffer.size_in_bytes(), list.IdxBuffer.Data,
                 GL_STREAM_DRAW);
    float width = data.DisplaySize.x;
    float height = data.DisplaySize.y;
    for (const ImDrawCmd& command : list.CmdBuffer) {
        if (std::optional<Shader> shader = shader_of(command)) {
            std::uint32_t program = *shader == Shader::kSoft ? soft_.name : page_.name;
            if (std::exchange(current_.program, program) != program) glUseProgram(program);
            continue;
        }
        const Plate* plate = plate_of(command);
        if (command.UserCallback != nullptr && plate == nullptr) {
            if (command.UserCallback != ImDrawCallback_ResetRenderState)
                command.UserCallback(&list, &command);
            continue;
        }
        float left = std::max(command.ClipRect.x, 0.0f);
        float top = std::max(command.ClipRect.y, 0.0f);
        float right = std::min(command.ClipRect.z, width);
        float bottom = std::min(command.ClipRect.w, height);
        if (plate != nullptr) {
            left = std::max(left, plate->rect.x);
            top = std::max(top, plate->rect.y);
            right = std::min(right, plate->rect.right());
            bottom = std::min(bottom, plate->rect.bottom());
        }
        if (right <= left || bottom <= top) continue;
        // GL counts rows from below.
        glScissor(static_cast<int>(left), static_cast<int>(height - bottom),
                  static_cast<int>(right - left), static_cast<int>(bottom - top));
        if (plate != nullptr) {
            bool other = current_.clear_color.packed() != plate->color.packed();
            if (other) set_clear_color(plate->color);
            current_.clear_color = plate->color;
            glClear(GL_COLOR_BUFFER_BIT);
            continue;
        }
        if (command.ElemCount == 0) continue;
        GLuint texture = static_cast<GLuint>(command.GetTexID());
        if (std::exchange(current_.texture, texture) != texture)
            glBindTexture(GL_TEXTURE_2D, texture);
        static_assert(sizeof(ImDrawIdx) == 4, "WebGL 2 has no base vertex");
        glDrawElements(GL_TRIANGLES, static_cast<GLsizei>(command.ElemCount), GL_UNSIGNED_INT,
                       reinterpret_cast<const void*>(static_cast<std::size_t>(command.IdxOffset) *
                                                     sizeof(ImDrawIdx)));
    }
}

void GlDevice::on_context_lost() {
    ready_ = false;
}

void GlDevice::on_context_restored() {
    for (ImTextureData* texture : ImGui::GetPlatformIO().Textures) {
        // Their GL names died with the old context. "Destroyed" without having been asked for makes
        // Dear ImGui ask for them again with the next frame.
        if (texture->TexID == ImTextureID_Invalid) continue;
        texture->SetTexID(ImTextureID_Invalid);
        texture->SetStatus(ImTextureStatus_Destroyed);
    }
    create_objects();
    ready_ = true;
}

}  // namespace kumquat::gfx
