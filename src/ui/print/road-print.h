/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <gtk/gtk.h>

#include "engine/report/road-report.h"

G_BEGIN_DECLS

GtkPrintOperation *road_print_new (RoadReport *report);
void road_print_run (RoadReport *report, GtkWindow *parent);

G_END_DECLS
