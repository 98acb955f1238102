#include "app/window/kept_panels.hpp"

#include <backends/imgui_impl_opengl3.h>
#include <glad/gl.h>
#include <imgui.h>

#include <algorithm>
#include <cmath>
#include <iterator>
#include <limits>
#include <memory>
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

struct ListDeleter {
  void operator()(ImDrawList* list) const { IM_DELETE(list); }
};
using ListCopy = std::unique_ptr<ImDrawList, ListDeleter>;

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
  if (!known) stale.push_back(window_);
  for (const Kept& kept : kept_)
    if (!kept.seen) stale.push_back(kept.box);
  for (const Kept& kept : changed) stale.push_back(kept.box);
  if (!stale.empty()) redraw(stale, lists);
  std::erase_if(kept_, [](const Kept& kept) { return !kept.seen; });
  std::ranges::move(changed, std::back_inserter(kept_));
  known_ = true;
  show();
}

void KeptPanels::draw_over() {
  if (!over_.empty()) draw(over_);
}

void KeptPanels::draw(std::vector<ImDrawList*> lists) const {
  ImDrawData data = *data_;
  data.CmdLists = lists.data();
  data.CmdListsCount = static_cast<int>(lists.size());
  data.TotalIdxCount = data.TotalVtxCount = 0;
  for (const ImDrawList* list : lists) data.TotalIdxCount += list->IdxBuffer.Size, data.TotalVtxCount += list->VtxBuffer.Size;
  ImGui_ImplOpenGL3_RenderDrawData(&data);
}

/// Into the texture, whose rows run downwards as they do in the window's memory, so that to show them is to copy them. For
/// OpenGL that is upside down.
void KeptPanels::redraw(const std::vector<PixelRect>& stale, const std::vector<ImDrawList*>& lists) {
  allocate();
  glBindFramebuffer(GL_FRAMEBUFFER, framebuffer_.id());
  for (const PixelRect box : stale)
    clear_rect(render::GlTarget{window_, 0, 0}, {box.x, window_.h - box.y - box.h, box.w, box.h}, ground_);
  const float ends = 2 * data_->DisplayPos.y + data_->DisplaySize.y;  // of the top and the bottom, together
  std::vector<ListCopy> copies;
  std::vector<ImDrawList*> turned;
  for (const ImDrawList* list : lists) {
    ImDrawList& copy = *copies.emplace_back(list->CloneOutput());
    for (ImDrawVert& v : copy.VtxBuffer) v.pos.y = ends - v.pos.y;
    for (ImDrawCmd& command : copy.CmdBuffer)
      command.ClipRect = {command.ClipRect.x, ends - command.ClipRect.w, command.ClipRect.z, ends - command.ClipRect.y};
    turned.push_back(&copy);
  }
  if (!turned.empty()) draw(std::move(turned));
  glBindFramebuffer(GL_FRAMEBUFFER, 0);
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
  glBindFramebuffer(GL_FRAMEBUFFER, framebuffer_.id());
  glFramebufferTexture2D(GL_FRAMEBUFFER, GL_COLOR_ATTACHMENT0, GL_TEXTURE_2D, texture_.id(), 0);
  render::check_framebuffer("keeping the panels");
}

void KeptPanels::show() const {
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
  render::check_gl("showing the panels");
}

}  // namespace battlemap::app
