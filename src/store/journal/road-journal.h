/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "engine/scan/road-scan.h"
#include "road-interrupted-scan.h"

G_BEGIN_DECLS

/* Writes down what a scan finds while it runs, so that it can be continued after the program was killed or
 * the computer was switched off: at most a second is lost. A scan that takes less than a second leaves no
 * file. Belongs to the main thread; the disk is written to in another.
 *
 * RoadJournal:problem: why nothing can be written at the moment, one sentence for the user; or NULL. */
#define ROAD_TYPE_JOURNAL (road_journal_get_type ())
G_DECLARE_FINAL_TYPE (RoadJournal, road_journal, ROAD, JOURNAL, GObject)

RoadJournal *road_journal_new (RoadScan *scan, const RoadJournalBegin *begin);
RoadJournal *road_journal_new_continued (RoadInterruptedScan *interrupted, RoadScan *scan);
const char *road_journal_get_problem (RoadJournal *self);
const char *road_journal_keep (RoadJournal *self);
void road_journal_delete (RoadJournal *self);

G_END_DECLS
