#include "app/sheet_run.hpp"

#include <algorithm>
#include <atomic>
#include <mutex>
#include <optional>
#include <thread>

#include "app/finished_sheets.hpp"
#include "app/sheet_writer.hpp"
#include "geo/error.hpp"
#include "geo/parallel.hpp"

namespace battlemap::app {
namespace {

namespace fs = std::filesystem;

/// A village on its way: which of its files are finished.
struct Village {
  geo::DivisionRef ref;
  fs::path folder;
  std::optional<FinishedSheets> finished;
  std::size_t left = 0;  ///< sheets still to be drawn
  bool changed = false, failed = false;
};

/// A sheet to be drawn, in the formats that are missing.
struct Job {
  std::size_t village = 0;
  NumberedMap map;
  std::vector<SheetFormat> formats;
};

void make_folder(const fs::path& folder) {
  std::error_code error;
  fs::create_directories(folder, error);
  if (error) throw geo::WriteError(fmt::format("cannot make the folder {}: {}", folder.string(), error.message()));
}

class Run {
 public:
  Run(const SheetPlan& plan, const std::function<bool()>& stop, const std::function<void(geo::DivisionRef)>& done)
      : plan_(plan), stop_(stop), done_(done), text_(std::make_shared<const render::TextEngine>()),
        fonts_(std::make_shared<render::PrintFonts>(text_)) {}
  SheetOutcome go();

 private:
  void plan_villages();
  void plan_village(std::size_t index);
  void draw_all();
  void draw(const Job& job, SheetWriter& writer);
  void write(const Job& job, const render::Sheet& sheet, SheetWriter& writer);
  void note_failure(Village& village, const std::string& message);
  void end_of_sheet(Village& village);
  void save_unfinished();
  std::string said_name(const Village& village, const std::string& file) const {
    return (village.folder.filename() / file).string();
  }

  const SheetPlan& plan_;
  const std::function<bool()>& stop_;
  const std::function<void(geo::DivisionRef)>& done_;
  std::shared_ptr<const render::TextEngine> text_;
  std::shared_ptr<render::PrintFonts> fonts_;
  std::vector<Village> villages_;
  std::vector<Job> jobs_;
  std::mutex mutex_;  ///< outcome_ and what jobs of one village share
  SheetOutcome outcome_;
};

void Run::plan_village(std::size_t index) {
  Village& village = villages_[index];
  village.finished.emplace(village.folder);
  for (const NumberedMap& map : plan_.maps) {
    Job job{index, map, {}};
    for (const SheetFormat format : plan_.formats) {
      if (village.finished->has(sheet_file(*map.map, map.number, format), plan_.fingerprint))
        ++outcome_.files_kept;
      else
        job.formats.push_back(format);
    }
    if (job.formats.empty()) continue;
    jobs_.push_back(std::move(job));
    ++village.left;
  }
  if (village.left > 0) {
    make_folder(village.folder);
    village.finished->remove_parts();
  }
}

void Run::plan_villages() {
  make_folder(plan_.folder);
  const auto& tree = plan_.atlas->dataset.tree;
  villages_.resize(plan_.villages.size());
  for (std::size_t i = 0; i < villages_.size(); ++i) {
    villages_[i].ref = plan_.villages[i];
    villages_[i].folder = plan_.folder / village_folder(tree[plan_.villages[i]]);
    plan_village(i);
    if (villages_[i].left > 0) continue;
    ++outcome_.villages_done;
    done_(villages_[i].ref);
  }
}

void Run::note_failure(Village& village, const std::string& message) {
  const std::lock_guard lock(mutex_);
  if (!village.failed) outcome_.failures.push_back({village.ref, message});
  village.failed = true;
}

void Run::write(const Job& job, const render::Sheet& sheet, SheetWriter& writer) {
  Village& village = villages_[job.village];
  for (const SheetFormat format : job.formats) {
    const std::string name = sheet_file(*job.map.map, job.map.number, format);
    writer.write(sheet, plan_.setting.paper, village.folder / name, format);
    const std::lock_guard lock(mutex_);
    village.finished->add(name, plan_.fingerprint);
    village.changed = true;
    ++outcome_.files_written;
  }
  const std::lock_guard lock(mutex_);
  for (const std::string& note : sheet.report.notes)
    outcome_.remarks.emplace_back(said_name(village, sheet_file(*job.map.map, job.map.number, job.formats[0])), note);
}

void Run::draw(const Job& job, SheetWriter& writer) {
  Village& village = villages_[job.village];
  try {
    render::SheetRequest request = plan_.setting.request;
    request.map = job.map.map->id;
    request.place = village.ref;
    write(job, render::compose(*plan_.atlas, *text_, request), writer);
  } catch (const geo::WriteError&) {
    throw;  // the next file would fail as well
  } catch (const std::exception& e) {
    note_failure(village, fmt::format("map '{}': {}", job.map.map->id, e.what()));
  }
  end_of_sheet(village);
}

void Run::end_of_sheet(Village& village) {
  {
    const std::lock_guard lock(mutex_);
    if (--village.left > 0) return;
    if (!village.failed) ++outcome_.villages_done;
  }
  if (village.changed) village.finished->save();
  village.changed = false;
  std::error_code ignored;
  if (village.failed) fs::remove(village.folder, ignored);  // only when it is empty
  done_(village.ref);
}

/// Each thread has a writer of its own, as long as the thread lives.
void Run::draw_all() {
  std::atomic<std::size_t> next{0};
  const int threads = std::min(geo::worker_count(plan_.threads), static_cast<int>(jobs_.size()));
  geo::parallel_jobs(threads, threads, [&](int) {
    SheetWriter writer(fonts_, text_);
    try {
      for (std::size_t i = next++; i < jobs_.size() && !stop_(); i = next++) draw(jobs_[i], writer);
    } catch (...) {
      next = jobs_.size();
      throw;
    }
  });
  outcome_.interrupted = stop_();
}

/// A run that stops early remembers what it has finished.
void Run::save_unfinished() {
  for (Village& village : villages_) {
    if (!village.changed) continue;
    try {
      village.finished->save();
    } catch (const geo::WriteError&) {
      return;  // that is why it stopped
    }
  }
}

SheetOutcome Run::go() {
  plan_villages();
  try {
    draw_all();
  } catch (...) {
    save_unfinished();
    throw;
  }
  save_unfinished();
  std::sort(outcome_.failures.begin(), outcome_.failures.end(),
            [](const SheetFailure& a, const SheetFailure& b) { return a.village < b.village; });
  std::sort(outcome_.remarks.begin(), outcome_.remarks.end());
  return std::move(outcome_);
}

}  // namespace

SheetOutcome run_sheets(const SheetPlan& plan, const std::function<bool()>& stop,
                        const std::function<void(geo::DivisionRef)>& done) {
  return Run(plan, stop, done).go();
}

}  // namespace battlemap::app
