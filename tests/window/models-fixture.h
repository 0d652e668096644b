/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "ui/rows/road-result-tree.h"

G_BEGIN_DECLS

/* Follows a model only by its signals, like a view: a wrong signal makes the copy differ from the model. */
typedef struct
{
  GListModel *model;
  GPtrArray *copy;
  guint n_changes;
  guint n_rows_changed;
} Follower;

Follower *follow (GListModel *model);
void follower_free (Follower *follower);
void assert_follows (Follower *follower);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (Follower, follower_free)

char *describe_row (gpointer item);
char *describe_model (GListModel *model);
void assert_rows (GListModel *model, const char *expected);
RoadHost *new_host (const char *address_text);
RoadPortResult new_result (guint16 port, RoadPortState state, guint latency_us);
void add_result (RoadHost *host, guint16 port, RoadPortState state, guint latency_us);
RoadReport *new_report (guint64 n_targets);
RoadHost *add_host (RoadReport *report, const char *address, RoadHostState state);
void run_idle_sources (void);

/* A report, and its rows. */
typedef struct
{
  RoadReport *report;
  RoadSortOrder *order;
  RoadFilter *filter;
  RoadResultTree *tree;
} Results;

void results_init (Results *self);
void results_clear (Results *self);

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Results, results_clear)

G_END_DECLS
