#include "columnar_system.h"
