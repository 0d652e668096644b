/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

GtkDialog *road_format_question_new (GtkWindow *parent,
                                     const char *name,
                                     const char *const *formats,
                                     guint selected);
guint road_format_question_get_selected (GtkDialog *self);

G_END_DECLS
