#include "thiduactl/demo/participants.h"

namespace thidua::ctl::demo {

const Block& Communes() {
  static const auto& block =
      *new Block{"xa",
                 "các xã, thị trấn",
                 {
                     {"H00.20.11", "KN-DM-01", 6, {30, 94}, {4, 96, 64, 20, "1"}},
                     {"H00.20.12", "KN-DD-01", 6, {25, 95}, {22, 97, 64, 19, "0.5"}},
                     {"H00.20.13", "KN-TT-01", 6, {60, 90}, {65, 92, 48, 12}},
                     {"H00.20.14", "KN-ND-01", 6, {45, 88}, {12, 99, 62, 22, "1.5"}},
                     {"H00.20.15", "KN-QP-01", 6, {150, 70}, {130, 72, 35, 8, "0", "1"}},
                     {"H00.20.16", "KN-BC-01", 6, {60, 85}, {55, 86, 45, 15, "0", "0", false}},
                     {"H00.20.17", "KN-DG-01", 6, {80, 84}, {10, 95, 57, 19}},
                     {"H00.20.18", "KN-DS-01", 6, {70, 83}, {60, 84, 44, 14}},
                     {"H00.20.19", "KN-DX-01", 6, {120, 75}, {90, 80, 42, 10, "0", "0.5"}},
                     {"H00.20.20", "KN-NX-01", 6, {35, 93}, {45, 95, 58, 20}},
                     {"H00.20.21", "KN-NR-01", 6, {50, 86}, {48, 87, 50, 16}},
                     {"H00.20.22", "KN-NN-01", 6, {20, 96}, {30, 88, 52, 12, "0", "0", false}},
                 }};
  return block;
}

const Block& Rooms() {
  static const auto& block =
      *new Block{"phong",
                 "các phòng thuộc UBND",
                 {
                     {"H00.20.01", "KN-PNV-03", 1, {10, 93}, {8, 95, 76, 10}},
                     {"H00.20.02", "KN-VPH-01", 0, {0, 90}, {0, 92}},
                     {"H00.20.03", "KN-TP-01", 1, {20, 91}, {5, 98, 82, 9}},
                     {"H00.20.04", "KN-TCKH-01", 3, {15, 95}, {10, 96, 80, 8}},
                     {"H00.20.05", "KN-VHTT-01", 1, {60, 84}, {50, 88, 61, 12, "0", "0", false}},
                     {"H00.20.06", "KN-GDDT-01", 2, {40, 86}, {35, 87, 58, 15, "0", "0", false}},
                     {"H00.20.07", "KN-LDXH-01", 3, {30, 89}, {25, 90, 63, 14}},
                     {"H00.20.08", "KN-NNPT-01", 2, {70, 80}, {65, 81, 47, 18}},
                     {"H00.20.09", "KN-KTHT-01", 3, {110, 76}, {95, 79, 40, 20}},
                 }};
  return block;
}

const Participant& LandRegistryBranch() {
  static const auto& branch = *new Participant{"H00.20.80", "KN-CNDD-01", 12, {90, 0}, {85, 0}};
  return branch;
}

const std::vector<Participant>& Everybody() {
  static const auto& all = *[] {
    auto* everybody = new std::vector<Participant>(Communes().units);
    everybody->insert(everybody->end(), Rooms().units.begin(), Rooms().units.end());
    everybody->push_back(LandRegistryBranch());
    return everybody;
  }();
  return all;
}

}  // namespace thidua::ctl::demo
