/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "engine/report/road-report.h"

G_BEGIN_DECLS

#define ROAD_PRINT_N_CELLS 4

typedef enum
{
  ROAD_PRINT_TITLE,
  ROAD_PRINT_TEXT,
  ROAD_PRINT_HEADING,
  ROAD_PRINT_FACT, /* a label and its value */
  ROAD_PRINT_HOST, /* its name and address, and its state */
  ROAD_PRINT_PORT, /* a port, its service, the version, and the latency */
  ROAD_PRINT_N_KINDS
} RoadPrintKind;

/* A row of a report on paper. */
typedef struct
{
  RoadPrintKind kind;
  char *cells[ROAD_PRINT_N_CELLS]; /* as many as the kind has, then %NULL */
} RoadPrintRow;

void road_print_row_free (RoadPrintRow *row);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (RoadPrintRow, road_print_row_free)

/* All rows of a report as it was when this was made: what was scanned and when, how completely, and the hosts that are
 * up with their open ports. There can be a million of them, so those of hosts and ports are made when they are asked
 * for. */
typedef struct _RoadPrintRows RoadPrintRows;

RoadPrintRows *road_print_rows_new (RoadReport *report);
void road_print_rows_free (RoadPrintRows *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (RoadPrintRows, road_print_rows_free)

guint road_print_rows_get_n_rows (RoadPrintRows *self);
RoadPrintKind road_print_rows_get_kind (RoadPrintRows *self, guint index);
guint road_print_rows_find_host (RoadPrintRows *self, guint index);
RoadPrintRow *road_print_rows_make (RoadPrintRows *self, guint index);

G_END_DECLS
