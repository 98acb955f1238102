#include "app/window/kept_panels.hpp"

#include <backends/imgui_impl_opengl3.h>
#include <glad/gl.h>
#include <imgui.h>

#include <algorithm>
#include <cmath>
#include <iterator>
#include <limits>
#include <span>

namespace battlemap::app {
namespace {

using render::PixelRect;

constexpr PixelRect no_pixels{0, 0, 0, 0};

bool same_rect(PixelRect a, PixelRect b) { return a.x == b.x && a.y == b.y && a.w == b.w && a.h == b.h; }
bool is_empty(PixelRect r) { return r.w < 1 || r.h < 1; }
bool overlap(PixelRect a, PixelRect b) { return !is_empty(render::intersection(a, b)); }
PixelRect around(PixelRect a, PixelRect b) {
  if (is_empty(a) || is_empty(b)) return is_empty(a) ? b : a;
  const int x = std::min(a.x, b.x), y = std::min(a.y, b.y);
  return {x, y, std::max(a.x + a.w, b.x + b.w) - x, std::max(a.y + a.h, b.y + b.h) - y};
}

/// The pixels whose centres lie between two edges, and those that a driver may find to lie on them.
struct Stretch {
  int from, length;
};
Stretch pixels_between(float low, float high) {
  constexpr float in_doubt = 0.01F;
  const int from = static_cast<int>(std::ceil(low - 0.5F - in_doubt));
  return {from, static_cast<int>(std::ceil(high - 0.5F + in_doubt)) - from};
}

/// Where a command draws. Not its clip rectangle alone: that of a window's ground is the whole screen.
PixelRect box_of(const ImDrawData& data, const ImDrawList& list, const ImDrawCmd& command) {
  constexpr float far = std::numeric_limits<float>::max();
  ImVec2 low{far, far}, high{-far, -far};
  for (unsigned i = 0; i < command.ElemCount; ++i) {
    const ImDrawIdx index = list.IdxBuffer[static_cast<int>(command.IdxOffset + i)];
    const ImVec2 at = list.VtxBuffer[static_cast<int>(command.VtxOffset + index)].pos;
    low = {std::min(low.x, at.x), std::min(low.y, at.y)}, high = {std::max(high.x, at.x), std::max(high.y, at.y)};
  }
  low = {std::max(low.x, command.ClipRect.x), std::max(low.y, command.ClipRect.y)};
  high = {std::min(high.x, command.ClipRect.z), std::min(high.y, command.ClipRect.w)};
  if (!(low.x < high.x && low.y < high.y)) return no_pixels;
  const ImVec2 origin = data.DisplayPos, scale = data.FramebufferScale;
  const auto [x, w] = pixels_between((low.x - origin.x) * scale.x, (high.x - origin.x) * scale.x);
  const auto [y, h] = pixels_between((low.y - origin.y) * scale.y, (high.y - origin.y) * scale.y);
  return {x, y, w, h};
}

template <class T>
void append(std::vector<std::byte>& bytes, const ImVector<T>& values) {
  const auto added = std::as_bytes(std::span(values.Data, static_cast<std::size_t>(values.Size)));
  bytes.insert(bytes.end(), added.begin(), added.end());
}

/// All that says how lists look. The sizes tell where one vector ends and the next begins.
std::vector<std::byte> content_of(const std::vector<ImDrawList*>& lists) {
  std::vector<std::byte> bytes;
  for (const ImDrawList* list : lists) {
    const int sizes[] = {list->CmdBuffer.Size, list->IdxBuffer.Size, list->VtxBuffer.Size};
    const auto counted = std::as_bytes(std::span(sizes));
    bytes.insert(bytes.end(), counted.begin(), counted.end());
    append(bytes, list->CmdBuffer);
    append(bytes, list->IdxBuffer);
    append(bytes, list->VtxBuffer);
  }
  return bytes;
}

render::GlTarget whole_window(PixelRect window) { return {window, 0, 0}; }

}  // namespace

std::vector<KeptPanels::Group> KeptPanels::groups() const {
  struct Member {
    int list;
    PixelRect box;
    bool plain;
  };
  const ImTextureID font = ImGui::GetIO().Fonts->TexID;
  std::vector<std::vector<Member>> found;
  const auto reach = [](const std::vector<Member>& members) {
    PixelRect box = no_pixels;
    for (const Member& m : members) box = around(box, m.box);
    return box;
  };
  for (int i = 0; i < data_->CmdListsCount; ++i) {
    Member member{i, no_pixels, true};
    for (const ImDrawCmd& command : data_->CmdLists[i]->CmdBuffer) {
      member.plain = member.plain && command.UserCallback == nullptr && command.GetTexID() == font;
      member.box = around(member.box, box_of(*data_, *data_->CmdLists[i], command));
    }
    member.box = render::intersection(member.box, window_);
    if (is_empty(member.box) && member.plain) continue;
    std::vector<Member> joined{member};
    for (bool grown = true; grown;) {  // a box that grows may reach others
      const PixelRect box = reach(joined);
      const auto apart = std::partition(found.begin(), found.end(), [&](const auto& other) { return !overlap(box, reach(other)); });
      grown = apart != found.end();
      for (auto it = apart; it != found.end(); ++it) joined.insert(joined.end(), it->begin(), it->end());
      found.erase(apart, found.end());
    }
    found.push_back(std::move(joined));
  }
  std::vector<Group> groups;
  for (auto& members : found) {
    std::ranges::sort(members, {}, &Member::list);
    Group group;
    group.box = reach(members);
    for (const Member& m : members) group.lists.push_back(data_->CmdLists[m.list]), group.plain = group.plain && m.plain;
    groups.push_back(std::move(group));
  }
  return groups;
}

/// Whether the group is kept as it looks now.
bool KeptPanels::find(const Group& group, const std::vector<std::byte>& content) {
  for (Kept& kept : kept_)
    if (same_rect(kept.box, group.box) && kept.content == content) return kept.seen = true;
  return false;
}

void KeptPanels::draw_beside(const ImDrawData& data, PixelRect map, render::Colour ground) {
  data_ = &data;
  window_ = {0, 0, static_cast<int>(std::lround(data.DisplaySize.x * data.FramebufferScale.x)),
             static_cast<int>(std::lround(data.DisplaySize.y * data.FramebufferScale.y))};
  const bool known = known_ && texture_size_ == render::PixelSize{window_.w, window_.h} && same_rect(map, map_) && ground == ground_;
  map_ = map, ground_ = ground;
  over_.clear();
  for (Kept& kept : kept_) kept.seen = false;
  std::vector<Kept> changed;
  std::vector<ImDrawList*> lists;
  if (!known) kept_.clear();
  for (Group& group : groups()) {
    if (!group.plain || overlap(group.box, map)) {
      over_.insert(over_.end(), group.lists.begin(), group.lists.end());
      continue;
    }
    auto content = content_of(group.lists);
    if (find(group, content)) continue;
    lists.insert(lists.end(), group.lists.begin(), group.lists.end());
    changed.push_back({group.box, std::move(content), true});
  }
  std::vector<PixelRect> stale;
  if (known) {
    restore();
    for (const Kept& kept : kept_)
      if (!kept.seen) stale.push_back(kept.box);
    for (const Kept& kept : changed) stale.push_back(kept.box);
    for (const PixelRect box : stale) clear_rect(whole_window(window_), box, ground);
  } else {
    stale = {window_};
    clear_around(whole_window(window_), window_, map, ground);
  }
  if (!lists.empty()) draw(lists);
  if (!known) allocate();
  for (const PixelRect box : stale) keep(box);
  std::erase_if(kept_, [](const Kept& kept) { return !kept.seen; });
  std::ranges::move(changed, std::back_inserter(kept_));
  known_ = true;
}

void KeptPanels::draw_over() {
  if (!over_.empty()) draw(over_);
}

void KeptPanels::draw(const std::vector<ImDrawList*>& lists) const {
  std::vector<ImDrawList*> drawn = lists;
  ImDrawData data = *data_;
  data.CmdLists = drawn.data();
  data.CmdListsCount = static_cast<int>(drawn.size());
  data.TotalIdxCount = data.TotalVtxCount = 0;
  for (const ImDrawList* list : drawn) data.TotalIdxCount += list->IdxBuffer.Size, data.TotalVtxCount += list->VtxBuffer.Size;
  ImGui_ImplOpenGL3_RenderDrawData(&data);
}

/// Unsized, with blue first, as the window's own memory: see GlPicture.
void KeptPanels::allocate() {
  if (texture_size_ == render::PixelSize{window_.w, window_.h}) return;
  texture_size_ = {window_.w, window_.h};
  glActiveTexture(GL_TEXTURE0);
  glBindTexture(GL_TEXTURE_2D, texture_.id());
  glTexImage2D(GL_TEXTURE_2D, 0, GL_RGBA, window_.w, window_.h, 0, GL_BGRA, GL_UNSIGNED_BYTE, nullptr);
  glTexParameteri(GL_TEXTURE_2D, GL_TEXTURE_MAX_LEVEL, 0);
  glBindTexture(GL_TEXTURE_2D, 0);
  glBindFramebuffer(GL_READ_FRAMEBUFFER, framebuffer_.id());
  glFramebufferTexture2D(GL_READ_FRAMEBUFFER, GL_COLOR_ATTACHMENT0, GL_TEXTURE_2D, texture_.id(), 0);
  glBindFramebuffer(GL_READ_FRAMEBUFFER, 0);
}

/// The texture's rows run downwards, as they do in the window's memory: turned over by OpenGL's count, which then has nothing to turn.
void KeptPanels::keep(PixelRect box) const {
  const PixelRect r = render::intersection(box, window_);
  if (is_empty(r)) return;
  glBindFramebuffer(GL_DRAW_FRAMEBUFFER, framebuffer_.id());
  glBlitFramebuffer(r.x, window_.h - r.y, r.x + r.w, window_.h - r.y - r.h, r.x, r.y, r.x + r.w, r.y + r.h, GL_COLOR_BUFFER_BIT,
                    GL_NEAREST);
  glBindFramebuffer(GL_DRAW_FRAMEBUFFER, 0);
}

void KeptPanels::restore() const {
  glBindFramebuffer(GL_READ_FRAMEBUFFER, framebuffer_.id());
  const int right = map_.x + map_.w, low = map_.y + map_.h;
  for (const PixelRect part : {PixelRect{0, 0, window_.w, map_.y}, PixelRect{0, low, window_.w, window_.h - low},
                               PixelRect{0, map_.y, map_.x, map_.h}, PixelRect{right, map_.y, window_.w - right, map_.h}}) {
    const PixelRect r = render::intersection(part, window_);
    if (is_empty(r)) continue;
    glBlitFramebuffer(r.x, r.y, r.x + r.w, r.y + r.h, r.x, window_.h - r.y, r.x + r.w, window_.h - r.y - r.h, GL_COLOR_BUFFER_BIT,
                      GL_NEAREST);
  }
  glBindFramebuffer(GL_READ_FRAMEBUFFER, 0);
}

}  // namespace battlemap::app
