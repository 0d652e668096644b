/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

/* Streams of file descriptors. GUnixInputStream and GUnixOutputStream need a further descriptor for a moment, and end
 * the program if there is none. */
#define ROAD_TYPE_DESCRIPTOR_OUTPUT (road_descriptor_output_get_type ())
G_DECLARE_FINAL_TYPE (
    RoadDescriptorOutput, road_descriptor_output, ROAD, DESCRIPTOR_OUTPUT, GOutputStream)

#define ROAD_TYPE_DESCRIPTOR_INPUT (road_descriptor_input_get_type ())
G_DECLARE_FINAL_TYPE (
    RoadDescriptorInput, road_descriptor_input, ROAD, DESCRIPTOR_INPUT, GInputStream)

GOutputStream *road_descriptor_output_new (int fd, gboolean closes);
int road_descriptor_output_get_fd (RoadDescriptorOutput *self);

GInputStream *road_descriptor_input_new (int fd);

G_END_DECLS
