"""Programs beside the portal: they import the services' rules and are imported by nothing."""
