/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <gtk/gtk.h>

#include "engine/compare/road-comparison.h"
#include "formats/road-format.h"

G_BEGIN_DECLS

void road_file_dialog_open_async (GtkWindow *parent,
                                  const char *title,
                                  const char *button,
                                  GAsyncReadyCallback callback,
                                  gpointer user_data);
GFile *road_file_dialog_open_finish (GAsyncResult *result, GError **error);
void road_file_dialog_open_several_async (GtkWindow *parent,
                                          const char *title,
                                          const char *button,
                                          GAsyncReadyCallback callback,
                                          gpointer user_data);
GListModel *road_file_dialog_open_several_finish (GAsyncResult *result, GError **error);
void road_file_dialog_save_async (GtkWindow *parent,
                                  RoadReport *report,
                                  GAsyncReadyCallback callback,
                                  gpointer user_data);
void road_file_dialog_save_comparison_async (GtkWindow *parent,
                                             RoadComparison *comparison,
                                             GAsyncReadyCallback callback,
                                             gpointer user_data);
GFile *road_file_dialog_save_finish (GAsyncResult *result, RoadFormat *format, GError **error);
void road_file_dialog_profile_async (GtkWindow *parent,
                                     const char *name,
                                     GAsyncReadyCallback callback,
                                     gpointer user_data);
char *road_file_dialog_make_name (RoadReport *report, RoadFormat format);

G_END_DECLS
