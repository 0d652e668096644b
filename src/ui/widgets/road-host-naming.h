/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <gtk/gtk.h>

#include "engine/report/road-report.h"

G_BEGIN_DECLS

void road_host_naming_ask (GtkWindow *parent, RoadReport *report, RoadHost *host);

G_END_DECLS
