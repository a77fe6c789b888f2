#include "thiduactl/demo/participants.h"

namespace thidua::ctl::demo {

const Block& Communes() {
  static const auto& block = *new Block{"xa",
                                        "các xã, thị trấn",
                                        {
                                            {"H00.20.11", "KN-DM-01", 6, {30, 94}, {4, 100}},
                                            {"H00.20.12", "KN-DD-01", 6, {25, 95}, {22, 95}},
                                            {"H00.20.13", "KN-TT-01", 6, {60, 90}, {65, 92}},
                                            {"H00.20.14", "KN-ND-01", 6, {45, 88}, {12, 99}},
                                            {"H00.20.15", "KN-QP-01", 6, {150, 70}, {130, 72}},
                                            {"H00.20.16", "KN-BC-01", 6, {60, 85}, {55, 86}},
                                            {"H00.20.17", "KN-DG-01", 6, {80, 84}, {10, 97}},
                                            {"H00.20.18", "KN-DS-01", 6, {70, 83}, {60, 84}},
                                            {"H00.20.19", "KN-DX-01", 6, {120, 75}, {90, 80}},
                                            {"H00.20.20", "KN-NX-01", 6, {35, 93}, {45, 89}},
                                            {"H00.20.21", "KN-NR-01", 6, {50, 86}, {48, 87}},
                                            {"H00.20.22", "KN-NN-01", 6, {20, 96}, {30, 91}},
                                        }};
  return block;
}

const Block& Rooms() {
  static const auto& block = *new Block{"phong",
                                        "các phòng thuộc UBND",
                                        {
                                            {"H00.20.01", "KN-PNV-03", 1, {10, 93}, {8, 95}},
                                            {"H00.20.02", "KN-VPH-01", 0, {0, 90}, {0, 92}},
                                            {"H00.20.03", "KN-TP-01", 1, {20, 91}, {5, 98}},
                                            {"H00.20.04", "KN-TCKH-01", 3, {15, 95}, {10, 96}},
                                            {"H00.20.05", "KN-VHTT-01", 1, {60, 84}, {50, 88}},
                                            {"H00.20.06", "KN-GDDT-01", 2, {40, 86}, {35, 87}},
                                            {"H00.20.07", "KN-LDXH-01", 3, {30, 89}, {25, 90}},
                                            {"H00.20.08", "KN-NNPT-01", 2, {70, 80}, {65, 81}},
                                            {"H00.20.09", "KN-KTHT-01", 3, {110, 76}, {95, 79}},
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
