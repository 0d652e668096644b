/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "road-report.h"

G_BEGIN_DECLS

RoadReport *road_json_reader_read (GInputStream *stream, GCancellable *cancellable, GError **error);

G_END_DECLS
