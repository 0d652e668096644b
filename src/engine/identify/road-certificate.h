/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "engine/report/road-tls.h"

G_BEGIN_DECLS

gboolean road_certificate_parse (const guint8 *der, gsize length, RoadTls *tls);

G_END_DECLS
