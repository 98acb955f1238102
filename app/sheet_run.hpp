#pragma once
#include <filesystem>
#include <functional>
#include <memory>
#include <string>
#include <vector>

#include "app/board_options.hpp"
#include "app/input_state.hpp"
#include "app/sheet_files.hpp"

namespace battlemap::app {

/// A map of the run, with its number in file names (0: none).
struct NumberedMap {
  const render::MapSpec* map = nullptr;
  std::size_t number = 0;
};

/// What a run of `sheets` draws, and where.
struct SheetPlan {
  std::shared_ptr<const render::Atlas> atlas;
  BoardSetting setting;
  std::vector<NumberedMap> maps;
  std::vector<SheetFormat> formats;
  std::filesystem::path folder;               ///< every village gets one in it
  std::vector<geo::DivisionRef> villages;
  std::string fingerprint;                    ///< of all inputs; files made from the same are left alone
  int threads = 0;                            ///< 0: one per core
};

struct SheetFailure {
  geo::DivisionRef village;
  std::string message;
};

struct SheetOutcome {
  std::size_t files_written = 0, files_kept = 0;
  std::size_t villages_done = 0;  ///< with nothing missing and no failure
  std::vector<SheetFailure> failures;  ///< by village, the first of each
  std::vector<std::pair<std::string, std::string>> remarks;  ///< file, what its sheet says about itself
  bool interrupted = false;
};

/// Draws what is missing, on all cores: `done(village)` after each, from any thread; ends between two files once
/// `stop()` says so. A village that fails is noted and the others go on; throws geo::WriteError when files
/// cannot be written (others would fail too). No file is ever half-written under its name.
SheetOutcome run_sheets(const SheetPlan& plan, const std::function<bool()>& stop,
                        const std::function<void(geo::DivisionRef)>& done);

}  // namespace battlemap::app
