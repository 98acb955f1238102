#include "app/window/sheet_painter.hpp"

#define GLFW_INCLUDE_NONE
#include <GLFW/glfw3.h>

#include <exception>
#include <utility>

#include "app/window/request_key.hpp"
#include "render/compose_panels.hpp"
#include "render/painter.hpp"

namespace battlemap::app {
namespace {

render::Sheet compose_job(const SheetJob& job, const render::TextEngine& text) {
  if (job.part == SheetJob::Part::sheet) return render::compose(*job.atlas, text, job.request);
  return render::compose_panels(*job.atlas, text, job.request, job.width, job.height);
}

}  // namespace

bool same_job(const SheetJob& a, const SheetJob& b) {
  return a.atlas == b.atlas && a.part == b.part && a.width == b.width && a.height == b.height &&
         a.request.dots_per_inch == b.request.dots_per_inch && same_view(a.request, b.request) && same_labels(a.request, b.request);
}

SheetPainter::SheetPainter(std::shared_ptr<const render::TextEngine> text, GLFWwindow* context,
                           std::function<void()> wake)
    : text_(std::move(text)), context_(context), wake_(std::move(wake)), thread_([this] { run(); }) {}

SheetPainter::~SheetPainter() {
  {
    const std::lock_guard lock(mutex_);
    stopping_ = true;
  }
  changed_.notify_all();
  thread_.join();
}

bool SheetPainter::want(Slot slot, std::optional<SheetJob> job) {
  {
    const std::lock_guard lock(mutex_);
    Desk& desk = desks_[static_cast<std::size_t>(slot)];
    const bool same = job && desk.wanted ? same_job(*job, *desk.wanted) : !job && !desk.wanted;
    if (same) return desk.due || desk.running;
    desk.wanted = std::move(job);
    desk.due = desk.wanted.has_value();
    if (!desk.due) return false;
  }
  changed_.notify_all();
  return true;
}

std::vector<SheetPainter::Painted> SheetPainter::take() {
  const std::lock_guard lock(mutex_);
  return std::exchange(done_, {});
}

bool SheetPainter::busy() const {
  const std::lock_guard lock(mutex_);
  if (running_ || !done_.empty()) return true;
  for (const Desk& desk : desks_)
    if (desk.due) return true;
  return false;
}

std::optional<Slot> SheetPainter::next() {
  for (std::size_t i = 0; i < slot_count; ++i)
    if (desks_[i].due) return static_cast<Slot>(i);
  return std::nullopt;
}

void SheetPainter::finish(Slot slot, const SheetJob& job, Painted painted) {
  {
    const std::lock_guard lock(mutex_);
    running_ = false;
    Desk& desk = desks_[static_cast<std::size_t>(slot)];
    desk.running = false;
    if (desk.wanted && same_job(*desk.wanted, job)) done_.push_back(std::move(painted));
  }
  wake_();
}

void SheetPainter::run() {
  glfwMakeContextCurrent(context_);
  std::unique_ptr<render::Painter> painter;
  for (std::unique_lock lock(mutex_); !stopping_;) {
    const auto slot = next();
    if (!slot) {
      changed_.wait(lock);
      continue;
    }
    Desk& desk = desks_[static_cast<std::size_t>(*slot)];
    std::optional<SheetJob> job = desk.wanted;
    desk.due = false, desk.running = running_ = true;
    lock.unlock();
    Painted painted{*slot, {}, {}};
    try {
      if (!painter) painter = render::painter_beside_context(text_);
      const render::Sheet sheet = compose_job(*job, *text_);
      painted.image = painter->paint(sheet, {0, 0, sheet.width, sheet.height});
    } catch (const std::exception& e) {
      painted.error = e.what();
    }
    finish(*slot, *job, std::move(painted));
    job.reset();  // the atlas is not kept for longer than its work
    lock.lock();
  }
  painter.reset();
  glfwMakeContextCurrent(nullptr);
}

}  // namespace battlemap::app
