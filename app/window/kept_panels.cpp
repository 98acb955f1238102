#include "app/window/kept_panels.hpp"

#include <backends/imgui_impl_opengl3.h>
#include <glad/gl.h>
#include <imgui.h>

#include <algorithm>
#include <cmath>
#include <iterator>
#include <limits>
#include <memory>

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

/// Where something between two corners draws, in pixels. Not the clip rectangle alone: that of a window's ground is the whole
/// screen.
PixelRect clipped_box(const ImDrawData& data, ImVec2 low, ImVec2 high, ImVec4 clip) {
  low = {std::max(low.x, clip.x), std::max(low.y, clip.y)};
  high = {std::min(high.x, clip.z), std::min(high.y, clip.w)};
  if (!(low.x < high.x && low.y < high.y)) return no_pixels;
  const ImVec2 origin = data.DisplayPos, scale = data.FramebufferScale;
  const auto [x, w] = pixels_between((low.x - origin.x) * scale.x, (high.x - origin.x) * scale.x);
  const auto [y, h] = pixels_between((low.y - origin.y) * scale.y, (high.y - origin.y) * scale.y);
  return {x, y, w, h};
}

PixelRect command_box(const ImDrawData& data, const ImDrawList& list, const ImDrawCmd& command) {
  constexpr float far = std::numeric_limits<float>::max();
  ImVec2 low{far, far}, high{-far, -far};
  for (unsigned i = 0; i < command.ElemCount; ++i) {
    const ImDrawIdx index = list.IdxBuffer[static_cast<int>(command.IdxOffset + i)];
    const ImVec2 at = list.VtxBuffer[static_cast<int>(command.VtxOffset + index)].pos;
    low = {std::min(low.x, at.x), std::min(low.y, at.y)}, high = {std::max(high.x, at.x), std::max(high.y, at.y)};
  }
  return clipped_box(data, low, high, command.ClipRect);
}

/// Else the library rounds what it is told to clip to.
bool whole_pixels(const ImDrawData& data) {
  const ImVec2 scale = data.FramebufferScale;
  return scale.x == std::floor(scale.x) && scale.y == std::floor(scale.y);
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
      member.box = around(member.box, command_box(*data_, *data_->CmdLists[i], command));
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

KeptPanels::Content KeptPanels::content_of(const std::vector<ImDrawList*>& lists) {
  Content content;
  for (const ImDrawList* list : lists)
    for (const ImDrawCmd& command : list->CmdBuffer)
      for (unsigned i = 0; i + 2 < command.ElemCount; i += 3) {
        Triangle& t = content.emplace_back();
        for (unsigned corner = 0; corner < 3; ++corner) {
          const ImDrawIdx index = list->IdxBuffer[static_cast<int>(command.IdxOffset + i + corner)];
          const ImDrawVert& v = list->VtxBuffer[static_cast<int>(command.VtxOffset + index)];
          t.corners[4 * corner] = v.pos.x, t.corners[4 * corner + 1] = v.pos.y;
          t.corners[4 * corner + 2] = v.uv.x, t.corners[4 * corner + 3] = v.uv.y;
          t.colours[corner] = v.col;
        }
        t.clip = {command.ClipRect.x, command.ClipRect.y, command.ClipRect.z, command.ClipRect.w};
      }
  return content;
}

PixelRect KeptPanels::box_of(const Triangle& t) const {
  const auto [left, right] = std::minmax({t.corners[0], t.corners[4], t.corners[8]});
  const auto [top, bottom] = std::minmax({t.corners[1], t.corners[5], t.corners[9]});
  return clipped_box(*data_, {left, top}, {right, bottom}, {t.clip[0], t.clip[1], t.clip[2], t.clip[3]});
}

/// Where a group looks different from what is kept of it: from the first triangle that is another to the last.
PixelRect KeptPanels::changed_box(const Group& group, const Content& content) {
  const auto former = std::ranges::find_if(kept_, [&](const Kept& k) { return same_rect(k.box, group.box); });
  if (former == kept_.end()) return group.box;
  former->seen = true;  // replaced, or kept
  const Content& before = former->content;
  const auto [a, b] = std::ranges::mismatch(before, content);
  auto a_end = before.end();
  auto b_end = content.end();
  while (a_end != a && b_end != b && *std::prev(a_end) == *std::prev(b_end)) --a_end, --b_end;
  PixelRect box = no_pixels;
  for (auto it = a; it != a_end; ++it) box = around(box, box_of(*it));
  for (auto it = b; it != b_end; ++it) box = around(box, box_of(*it));
  return render::intersection(box, group.box);
}

void KeptPanels::draw_beside(const ImDrawData& data, PixelRect map, render::Colour ground) {
  data_ = &data;
  window_ = {0, 0, static_cast<int>(std::lround(data.DisplaySize.x * data.FramebufferScale.x)),
             static_cast<int>(std::lround(data.DisplaySize.y * data.FramebufferScale.y))};
  const bool known = known_ && texture_size_ == render::PixelSize{window_.w, window_.h} && same_rect(map, map_) && ground == ground_;
  map_ = map, ground_ = ground;
  over_.clear();
  if (!known) kept_.clear();
  std::vector<Kept> now;
  std::vector<Part> stale;
  if (!known) stale.push_back({window_, {}});
  for (Group& group : groups()) {
    if (!group.plain || overlap(group.box, map)) {
      over_.insert(over_.end(), group.lists.begin(), group.lists.end());
      continue;
    }
    auto content = content_of(group.lists);
    PixelRect box = changed_box(group, content);
    if (!is_empty(box) && !whole_pixels(data)) box = group.box;
    if (!is_empty(box)) stale.push_back({box, group.lists});
    now.push_back({group.box, std::move(content), false});
  }
  for (const Kept& kept : kept_)
    if (!kept.seen) stale.push_back({kept.box, {}});
  kept_ = std::move(now);
  if (!stale.empty()) redraw(stale);
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
void KeptPanels::redraw(const std::vector<Part>& stale) {
  allocate();
  glBindFramebuffer(GL_FRAMEBUFFER, framebuffer_.id());
  for (const auto& [box, lists] : stale)
    clear_rect(render::GlTarget{window_, 0, 0}, {box.x, window_.h - box.y - box.h, box.w, box.h}, ground_);
  const ImVec2 origin = data_->DisplayPos, scale = data_->FramebufferScale;
  const float ends = 2 * origin.y + data_->DisplaySize.y;  // of the top and the bottom, together
  std::vector<ListCopy> copies;
  std::vector<ImDrawList*> turned;
  for (const auto& [box, lists] : stale) {
    const float left = static_cast<float>(box.x) / scale.x + origin.x, right = static_cast<float>(box.x + box.w) / scale.x + origin.x;
    const float top = static_cast<float>(box.y) / scale.y + origin.y, low = static_cast<float>(box.y + box.h) / scale.y + origin.y;
    for (const ImDrawList* list : lists) {
      ImDrawList& copy = *copies.emplace_back(list->CloneOutput());
      for (ImDrawVert& v : copy.VtxBuffer) v.pos.y = ends - v.pos.y;
      for (ImDrawCmd& command : copy.CmdBuffer) {
        ImVec4 clip = command.ClipRect;
        if (whole_pixels(*data_)) clip = {std::max(clip.x, left), std::max(clip.y, top), std::min(clip.z, right), std::min(clip.w, low)};
        command.ClipRect = {clip.x, ends - clip.w, clip.z, ends - clip.y};
      }
      turned.push_back(&copy);
    }
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
