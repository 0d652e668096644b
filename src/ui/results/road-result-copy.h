/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "engine/report/road-report.h"
#include "ui/rows/road-picked-rows.h"

G_BEGIN_DECLS

typedef enum
{
  ROAD_RESULT_COPY_ROWS,
  ROAD_RESULT_COPY_ENDPOINTS,
  ROAD_RESULT_COPY_ADDRESSES, /* of hosts, one a line */
  ROAD_RESULT_COPY_TARGETS,   /* the same in one line */
  ROAD_RESULT_COPY_REPORTS,   /* of hosts */
} RoadResultCopyKind;

/* A text that is made in steps from the main loop, as a million rows take seconds. */
typedef struct _RoadResultCopy RoadResultCopy;

/* @text: (transfer full)
 * @n_rows: how many rows it was made of
 * @late: whether the user had to wait for it */
typedef void (*RoadResultCopyFunc) (char *text, guint n_rows, gboolean late, gpointer user_data);

RoadResultCopy *road_result_copy_start (RoadResultCopyKind kind,
                                        RoadReport *report,
                                        RoadPickedRows *rows,
                                        RoadResultCopyFunc done,
                                        gpointer user_data);
void road_result_copy_cancel (RoadResultCopy *self);

char *road_result_copy_rows (GPtrArray *items);
char *road_result_copy_endpoints (GPtrArray *items);
char *road_result_copy_table (GPtrArray *items);
char *road_result_copy_command (GPtrArray *items);
char *road_result_copy_addresses (GPtrArray *hosts);

G_END_DECLS
