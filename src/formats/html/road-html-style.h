/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

/* The style sheet of the page, as text for its “style” element. */
extern const char *const road_html_style;
