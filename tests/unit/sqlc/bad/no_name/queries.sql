select id from thing where id = 1;
