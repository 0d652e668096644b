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

GPtrArray *road_print_rows_make (RoadReport *report);

G_END_DECLS
